// Counts what a process allocates and how long it computes, and ends it where either passes a limit.
//
// The allocator's functions stand before the C library's, which they call: what Swift, libsndfile and libyaml allocate is
// seen alike. Processor time is what counts, because a fuzzer's machine is busy and may be stopped.
#define _GNU_SOURCE
#include "watch.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static atomic_long live;
static atomic_long most;
static atomic_long limit = INT64_MAX;
static long before;
static double started;

static void end(const char *words) {
  // A reader that is over the limit is stopped once; what tells of it may allocate.
  atomic_store(&limit, INT64_MAX);
  if (write(STDERR_FILENO, words, strlen(words)) < 0) _exit(70);
  abort();
}

static void run_out(int signal) {
  (void)signal;
  end("fuzz: the reader computes for longer than it may\n");
}

static double processor_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void set_timer(double seconds) {
  struct itimerval timer = {0};
  timer.it_value.tv_sec = (time_t)seconds;
  timer.it_value.tv_usec = (suseconds_t)(1e6 * (seconds - (double)(time_t)seconds));
  setitimer(ITIMER_PROF, &timer, NULL);
}

void fuzz_watch_begin(size_t bytes, double seconds) {
  signal(SIGPROF, run_out);
  before = atomic_load(&live);
  atomic_store(&most, before);
  started = processor_seconds();
  set_timer(seconds);
  atomic_store(&limit, before + (long)bytes);
}

fuzz_use fuzz_watch_end(void) {
  atomic_store(&limit, INT64_MAX);
  set_timer(0);
  return (fuzz_use){.bytes = (size_t)(atomic_load(&most) - before), .seconds = processor_seconds() - started};
}

#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);
void __libc_free(void *);

static void *counted(void *block) {
  if (!block) return block;
  long now = atomic_fetch_add(&live, (long)malloc_usable_size(block)) + (long)malloc_usable_size(block);
  long seen = atomic_load(&most);
  while (now > seen && !atomic_compare_exchange_weak(&most, &seen, now)) {
  }
  if (now > atomic_load(&limit)) end("fuzz: the reader allocates more than it may\n");
  return block;
}

static void uncounted(void *block) {
  if (block) atomic_fetch_sub(&live, (long)malloc_usable_size(block));
}

// What cannot be given would be seen as over the limit; it is named before the C library refuses it.
static void check(size_t bytes) {
  if (atomic_load(&limit) != INT64_MAX && bytes > (size_t)(atomic_load(&limit) - before)) {
    end("fuzz: the reader allocates more than it may at once\n");
  }
}

void *malloc(size_t bytes) {
  check(bytes);
  return counted(__libc_malloc(bytes));
}

void *calloc(size_t count, size_t bytes) {
  size_t product;
  if (!__builtin_mul_overflow(count, bytes, &product)) check(product);
  return counted(__libc_calloc(count, bytes));
}

void *realloc(void *block, size_t bytes) {
  check(bytes);
  size_t old = block ? malloc_usable_size(block) : 0;
  void *moved = __libc_realloc(block, bytes);
  if (!moved && bytes) return moved;
  atomic_fetch_sub(&live, (long)old);
  return counted(moved);
}

void *memalign(size_t alignment, size_t bytes) {
  check(bytes);
  return counted(__libc_memalign(alignment, bytes));
}

void *aligned_alloc(size_t alignment, size_t bytes) { return memalign(alignment, bytes); }

int posix_memalign(void **place, size_t alignment, size_t bytes) {
  void *block = memalign(alignment, bytes);
  if (!block) return ENOMEM;
  *place = block;
  return 0;
}

void free(void *block) {
  uncounted(block);
  __libc_free(block);
}

#endif

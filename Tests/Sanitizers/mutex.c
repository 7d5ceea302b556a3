// Loaded before a program under ThreadSanitizer: tells it of Swift's Mutex.
//
// Mutex takes and gives up an uncontended lock with atomics that the compiler puts into the program, which the sanitizer sees.
// Contended ones go through libswiftSynchronization, which is not instrumented, and the kernel: without this, whoever has waited
// seems to hold no lock at all, and every use of what it guards seems a race.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

#define CONTEXT __attribute__((swift_context))
#define SWIFT __attribute__((swiftcall))
// Synchronization._MutexHandle's _lockSlow(UInt32) -> (), _tryLockSlow() -> Bool and _unlockSlow() -> ().
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK_SLOW "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef SWIFT void (*lock_function)(uint32_t thread, CONTEXT void *handle);
typedef SWIFT bool (*try_function)(CONTEXT void *handle);
typedef SWIFT void (*unlock_function)(CONTEXT void *handle);

// A handle's one field is the word that the atomics are on.
//
// Not __tsan_acquire: it looks whether the word was ever released before it waits for a release under way, and so misses the
// first one in a lock's life. Adding nothing is an atomic like the program's own, which waits.
extern uint32_t __tsan_atomic32_fetch_add(volatile uint32_t *word, uint32_t value, int order) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

static void acquire(void *handle) {
    if (__tsan_atomic32_fetch_add) __tsan_atomic32_fetch_add(handle, 0, __ATOMIC_ACQUIRE);
}

SWIFT void lock_slow(uint32_t thread, CONTEXT void *handle) __asm__(LOCK_SLOW);
SWIFT bool try_lock_slow(CONTEXT void *handle) __asm__(TRY_LOCK_SLOW);
SWIFT void unlock_slow(CONTEXT void *handle) __asm__(UNLOCK_SLOW);

SWIFT void lock_slow(uint32_t thread, CONTEXT void *handle) {
    ((lock_function)dlsym(RTLD_NEXT, LOCK_SLOW))(thread, handle);
    acquire(handle);
}

SWIFT bool try_lock_slow(CONTEXT void *handle) {
    bool is_locked = ((try_function)dlsym(RTLD_NEXT, TRY_LOCK_SLOW))(handle);
    if (is_locked) acquire(handle);
    return is_locked;
}

SWIFT void unlock_slow(CONTEXT void *handle) {
    if (__tsan_release) __tsan_release(handle);
    ((unlock_function)dlsym(RTLD_NEXT, UNLOCK_SLOW))(handle);
}

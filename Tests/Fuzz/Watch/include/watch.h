#ifndef FUZZ_WATCH_H
#define FUZZ_WATCH_H

#include <stddef.h>

/// What a reader took from `fuzz_watch_begin` to `fuzz_watch_end`.
typedef struct {
  /// The most that was allocated at one moment, in bytes, beyond what was before; 0 under a sanitizer, whose memory it is.
  size_t bytes;
  /// Seconds of processor time, of all threads.
  double seconds;
} fuzz_use;

/// Ends the process with SIGABRT as soon as it has allocated `bytes` more, or computed `seconds` more.
void fuzz_watch_begin(size_t bytes, double seconds);

/// Lifts the limits and tells what was taken.
fuzz_use fuzz_watch_end(void);

#endif

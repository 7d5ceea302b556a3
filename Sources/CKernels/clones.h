#pragma once

// Compiles a function once for each level of the x86-64 architecture; the loader picks the best the processor has.
// Elsewhere the one version the compiler makes is used, and under the thread sanitizer too: what it adds to the function
// that picks would run before the sanitizer is ready.
#if defined(__x86_64__) && !__has_feature(thread_sanitizer)
#define FOR_EACH_LEVEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_LEVEL
#endif

#define INLINE static inline __attribute__((always_inline))

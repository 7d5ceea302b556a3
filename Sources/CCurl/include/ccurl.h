#ifndef CCURL_H
#define CCURL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// One request, whose answer goes to two functions as it comes; redirects are not followed.
typedef struct {
    const char *url;
    const char *agent;
    /// Lines such as "Range: bytes=7-".
    const char *const *headers;
    size_t header_count;
    /// Whether nothing but the headers of the answer is asked for.
    bool is_head;
    /// In milliseconds.
    long connect_patience;
    /// Seconds during which fewer than `slowest` bytes a second may come.
    long stall_patience;
    long slowest;
    void *context;
    /// Take a header line or a piece of the body; false ends the transfer.
    bool (*take_header)(void *context, const uint8_t *bytes, size_t count);
    bool (*take_body)(void *context, const uint8_t *bytes, size_t count);
} ccurl_request;

/// What became of a request.
typedef struct {
    /// A `CURLcode`; 0 where the whole answer came.
    int code;
    /// Whether a connection stood.
    bool is_connected;
    /// What went wrong, in libcurl's words.
    char reason[256];
    /// Where the answer redirects to, as a whole URL, or NULL; to be given to `ccurl_free`.
    char *redirect;
} ccurl_outcome;

/// Loads libcurl, once; NULL, or why there is none.
const char *ccurl_load(void);

/// Sends a request over http or https and waits for all of the answer; libcurl must have been loaded.
ccurl_outcome ccurl_send(const ccurl_request *request);

void ccurl_free(ccurl_outcome *outcome);

#endif

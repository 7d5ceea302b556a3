// libcurl is loaded when something is first downloaded: linked, it and the thirty libraries behind it would make every
// start of the program half as long again.
#define _GNU_SOURCE

#include "ccurl.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static struct {
    __typeof__(&curl_global_init) global_init;
    __typeof__(&curl_easy_init) init;
    __typeof__(&curl_easy_setopt) set;
    __typeof__(&curl_easy_perform) perform;
    __typeof__(&curl_easy_getinfo) get;
    __typeof__(&curl_easy_cleanup) cleanup;
    __typeof__(&curl_easy_strerror) words;
    __typeof__(&curl_slist_append) append;
    __typeof__(&curl_slist_free_all) free_list;
} curl;

static const char *fault;

static void *find(void *library, const char *name) {
    void *symbol = dlsym(library, name);
    if (!symbol) fault = "libcurl.so.4 lacks a function";
    return symbol;
}

static void load(void) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        fault = strdup(dlerror());
        return;
    }
    curl.global_init = find(library, "curl_global_init");
    curl.init = find(library, "curl_easy_init");
    curl.set = find(library, "curl_easy_setopt");
    curl.perform = find(library, "curl_easy_perform");
    curl.get = find(library, "curl_easy_getinfo");
    curl.cleanup = find(library, "curl_easy_cleanup");
    curl.words = find(library, "curl_easy_strerror");
    curl.append = find(library, "curl_slist_append");
    curl.free_list = find(library, "curl_slist_free_all");
    if (!fault && curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) fault = "libcurl does not start";
}

const char *ccurl_load(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return fault;
}

static size_t header(char *bytes, size_t size, size_t count, void *context) {
    const ccurl_request *request = context;
    return request->take_header(request->context, (const uint8_t *)bytes, size * count) ? size * count : 0;
}

static size_t body(char *bytes, size_t size, size_t count, void *context) {
    const ccurl_request *request = context;
    // No piece is empty, so that 0 always differs from what was given.
    return request->take_body(request->context, (const uint8_t *)bytes, size * count) ? size * count : 0;
}

static void set(CURL *handle, const ccurl_request *request, char *reason, struct curl_slist *headers) {
    curl.set(handle, CURLOPT_URL, request->url);
    curl.set(handle, CURLOPT_USERAGENT, request->agent);
    curl.set(handle, CURLOPT_HTTPHEADER, headers);
    curl.set(handle, CURLOPT_NOBODY, (long)request->is_head);
    curl.set(handle, CURLOPT_ERRORBUFFER, reason);
    curl.set(handle, CURLOPT_NOSIGNAL, 1L);
    curl.set(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl.set(handle, CURLOPT_CONNECTTIMEOUT_MS, request->connect_patience);
    curl.set(handle, CURLOPT_LOW_SPEED_TIME, request->stall_patience);
    curl.set(handle, CURLOPT_LOW_SPEED_LIMIT, request->slowest);
    curl.set(handle, CURLOPT_HEADERFUNCTION, header);
    curl.set(handle, CURLOPT_HEADERDATA, request);
    curl.set(handle, CURLOPT_WRITEFUNCTION, body);
    curl.set(handle, CURLOPT_WRITEDATA, request);
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
    // What stands in its place is younger than the libcurl of some systems.
    curl.set(handle, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#pragma clang diagnostic pop
}

static void finish(CURL *handle, ccurl_outcome *outcome) {
    curl_off_t connected = 0;
    char *redirect = NULL;
    curl.get(handle, CURLINFO_CONNECT_TIME_T, &connected);
    curl.get(handle, CURLINFO_REDIRECT_URL, &redirect);
    outcome->is_connected = connected > 0;
    outcome->redirect = redirect ? strdup(redirect) : NULL;
    if (outcome->code && !outcome->reason[0])
        strncpy(outcome->reason, curl.words((CURLcode)outcome->code), sizeof outcome->reason - 1);
}

ccurl_outcome ccurl_send(const ccurl_request *request) {
    ccurl_outcome outcome = {.code = CURLE_OUT_OF_MEMORY};
    char reason[CURL_ERROR_SIZE] = "";
    CURL *handle = curl.init();
    if (!handle) return outcome;
    struct curl_slist *headers = NULL;
    for (size_t index = 0; index < request->header_count; index++)
        headers = curl.append(headers, request->headers[index]);
    set(handle, request, reason, headers);
    outcome.code = (int)curl.perform(handle);
    strncpy(outcome.reason, reason, sizeof outcome.reason - 1);
    finish(handle, &outcome);
    curl.free_list(headers);
    curl.cleanup(handle);
    return outcome;
}

void ccurl_free(ccurl_outcome *outcome) {
    free(outcome->redirect);
    outcome->redirect = NULL;
}

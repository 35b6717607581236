/*
 * The launcher: hands a call to the resident host, or runs it in a process of its own.
 *
 *   cpi --config FILE [--socket PATH]   one call: a request on stdin, its response on stdout
 *   cpi ...                             anything else: handed to bin/cpi-cold
 *   cpi --protocol                      prints the protocol's magic, to show that the launcher runs on this machine
 *
 * It does not interpret what it carries; it counts the bytes and the values of the request, by which the host estimates
 * the memory that it takes. A call goes to the host only if host and launcher have the same user, build and folder and
 * see the same state of the configuration file; the host accepts the call before it gets the first byte. Until then
 * every failure, silence included, ends in a cold call, which gets the request. An accepted call belongs to the host: it
 * is never made a second time, and if the host goes away early, the answer is that the outcome is unknown.
 *
 * distribution/launcher/PROTOCOL.md describes what is exchanged.
 */
#if defined(__linux__)
#define _GNU_SOURCE /* struct ucred */
#endif
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include "product.h" /* DEFAULT_SOCKET; written when the distribution is assembled */
#if defined(__APPLE__)
#include <mach-o/dyld.h>
#define MODIFIED st_mtimespec
#else
#define MODIFIED st_mtim
#endif

#define MAGIC "BOSHCPI2"
#define HANDSHAKE_MILLIS 1000
#define HEADER 5
#define CHUNK 65536
#define MAX_REQUEST (8 << 20) /* a cold call refuses a longer one, too */

enum frame { ACCEPTED = 'A', REFUSED = 'R', LOG = 'L', RESPONSE = 'O', END = 'E' };

struct buffer {
    char *bytes;
    size_t length;
    size_t capacity;
};

static char home[PATH_MAX];
static char **arguments;
static struct buffer request; /* what has been read of stdin */
static int stdin_ended;

/* Copies bytes until all are written, or until the other side takes no more. Returns how many were written. */
static size_t write_some(int fd, const char *bytes, size_t length)
{
    size_t written = 0;

    while (written < length) {
        ssize_t n = write(fd, bytes + written, length - written);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        written += (size_t)n;
    }
    return written;
}

/* Writes what has been read of stdin, and then the rest of stdin, to the pipe of a cold call. */
static void relay(int pipe_in, size_t written)
{
    static char bytes[CHUNK];
    ssize_t n;

    close(STDOUT_FILENO);
    close(STDERR_FILENO);
    if (write_some(pipe_in, request.bytes + written, request.length - written) < request.length - written)
        return;
    while (!stdin_ended && ((n = read(STDIN_FILENO, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR))) {
        if (n > 0 && write_some(pipe_in, bytes, (size_t)n) < (size_t)n)
            return;
    }
}

/* Makes stdin a pipe that begins with what has been read of it. What the pipe has no room for, a child writes. */
static void give_back_stdin(void)
{
    int ends[2];
    size_t written;

    if (pipe(ends) != 0 || fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0) {
        fprintf(stderr, "cpi: no pipe for the request: %s\n", strerror(errno));
        exit(1);
    }
    written = write_some(ends[1], request.bytes, request.length);
    if (written < request.length || !stdin_ended) {
        pid_t child = fork();
        if (child < 0) {
            fprintf(stderr, "cpi: no process to pass on the request: %s\n", strerror(errno));
            exit(1);
        }
        if (child == 0) {
            close(ends[0]);
            if (fcntl(ends[1], F_SETFL, 0) == 0)
                relay(ends[1], written);
            _exit(0);
        }
    }
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
}

/* Becomes bin/cpi-cold, with the same arguments and the same stdin. */
static void run_cold(const char *why)
{
    static char script[PATH_MAX + 16];

    if (getenv("CPI_LAUNCHER_DEBUG") != NULL)
        fprintf(stderr, "cpi: not served by a resident host: %s\n", why);
    if (request.length > 0)
        give_back_stdin();
    signal(SIGPIPE, SIG_DFL);
    snprintf(script, sizeof script, "%s/bin/cpi-cold", home);
    arguments[0] = script;
    execv(script, arguments);
    fprintf(stderr, "cpi: cannot run %s: %s\n", script, strerror(errno));
    exit(1);
}

/* Appends bytes; out of memory ends the process, since no cold call would fare better. */
static void append(struct buffer *to, const void *bytes, size_t length)
{
    if (to->capacity - to->length < length) {
        size_t capacity = to->capacity + length + CHUNK;
        char *grown = realloc(to->bytes, capacity);
        if (grown == NULL) {
            fprintf(stderr, "cpi: out of memory\n");
            exit(1);
        }
        to->bytes = grown;
        to->capacity = capacity;
    }
    memcpy(to->bytes + to->length, bytes, length);
    to->length += length;
}

static void append_text(struct buffer *to, const char *text)
{
    append(to, text, strlen(text) + 1);
}

static uint32_t number(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static int write_all(int fd, const char *bytes, size_t length)
{
    return write_some(fd, bytes, length) == length ? 0 : -1;
}

static int read_all(int fd, void *bytes, size_t length)
{
    char *to = bytes;

    while (length > 0) {
        ssize_t n = read(fd, to, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        to += n;
        length -= (size_t)n;
    }
    return 0;
}

/* Ends the process with the only response that the launcher writes by itself. */
static void outcome_unknown(void)
{
    static const char response[] =
        "{\"result\":null,\"error\":{\"type\":\"Bosh::Clouds::CpiError\",\"message\":\"The resident host of this CPI "
        "went away before it answered; the outcome of the call is unknown\",\"ok_to_retry\":false},\"log\":\"\"}\n";

    exit(write_all(STDOUT_FILENO, response, sizeof response - 1) == 0 ? 0 : 1);
}

/* Finds the distribution's folder, two levels above this program. */
static int find_home(const char *called_as)
{
    char path[PATH_MAX];
    char *slash;
    int levels;

#if defined(__APPLE__)
    char unresolved[PATH_MAX];
    uint32_t size = sizeof unresolved;
    (void)called_as;
    if (_NSGetExecutablePath(unresolved, &size) != 0 || realpath(unresolved, path) == NULL)
        return -1;
#else
    if (realpath("/proc/self/exe", path) == NULL
        && (strchr(called_as, '/') == NULL || realpath(called_as, path) == NULL))
        return -1;
#endif
    for (levels = 0; levels < 2; levels++) {
        slash = strrchr(path, '/');
        if (slash == NULL)
            return -1;
        *slash = '\0';
    }
    strcpy(home, path);
    return 0;
}

/* Returns the value if argument i is --NAME VALUE or --NAME=VALUE, and moves i to its last word; else NULL. */
static const char *option(const char *name, int argc, int *i)
{
    const char *word = arguments[*i];
    size_t length = strlen(name);

    if (strncmp(word, name, length) != 0)
        return NULL;
    if (word[length] == '=')
        return word + length + 1;
    if (word[length] == '\0' && *i + 1 < argc)
        return arguments[++*i];
    return NULL;
}

/* Returns the configuration file if the arguments are those of a call; else NULL. */
static const char *parse(int argc, const char **socket_path)
{
    const char *config = NULL;
    int i;

    for (i = 1; i < argc; i++) {
        const char *value = option("--socket", argc, &i);
        if (value != NULL) {
            *socket_path = value;
            continue;
        }
        config = option("--config", argc, &i);
        if (config == NULL)
            return NULL;
    }
    return config;
}

/* Appends the content of a small file and a NUL; -1 if it cannot be read as a whole. */
static int append_file(struct buffer *to, const char *path)
{
    char text[512];
    ssize_t n;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return -1;
    n = read(fd, text, sizeof text);
    close(fd);
    if (n <= 0 || n == (ssize_t)sizeof text)
        return -1;
    append(to, text, (size_t)n);
    append(to, "", 1);
    return 0;
}

/*
 * Reads the request. An empty one is not for the host: the cold call reports it, as it does with one that is too long.
 */
static void read_request(void)
{
    static char bytes[CHUNK];

    while (request.length <= MAX_REQUEST) {
        ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            stdin_ended = 1;
            break;
        }
        append(&request, bytes, (size_t)n);
    }
    if (request.length == 0)
        run_cold("there is no request on stdin");
    if (request.length > MAX_REQUEST)
        run_cold("the request is too long");
}

/* Counts what may begin a value of the request's JSON: more than there are, since strings hold such characters, too. */
static size_t count_values(void)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < request.length; i++) {
        char c = request.bytes[i];
        count += c == '{' || c == '[' || c == ',' || c == ':';
    }
    return count;
}

/* Makes the greeting: build, folder, configuration file and its state, working directory, size of the request. */
static void make_hello(struct buffer *hello, const char *config)
{
    static char path[PATH_MAX + 16];
    static char stamp[128];
    struct buffer body = {NULL, 0, 0};
    struct stat status;
    unsigned char length[4];

    snprintf(path, sizeof path, "%s/lib/build", home);
    if (append_file(&body, path) != 0)
        run_cold("the distribution has no build ID");
    append_text(&body, home);
    if (realpath(config, path) == NULL || stat(path, &status) != 0)
        run_cold("the configuration cannot be found");
    append_text(&body, path);
    snprintf(stamp, sizeof stamp, "%llu:%llu:%lld:%lld", (unsigned long long)status.st_dev,
             (unsigned long long)status.st_ino, (long long)status.st_size,
             (long long)status.MODIFIED.tv_sec * 1000000 + status.MODIFIED.tv_nsec / 1000);
    append_text(&body, stamp);
    append_text(&body, getcwd(path, sizeof path) == NULL ? "/" : path);
    snprintf(stamp, sizeof stamp, "%zu:%zu", request.length, count_values());
    append_text(&body, stamp);

    length[0] = (unsigned char)(body.length >> 24);
    length[1] = (unsigned char)(body.length >> 16);
    length[2] = (unsigned char)(body.length >> 8);
    length[3] = (unsigned char)body.length;
    append(hello, MAGIC, sizeof MAGIC - 1);
    append(hello, length, sizeof length);
    append(hello, body.bytes, body.length);
    free(body.bytes);
}

/* Requests carry secrets, so the listener must be a process of this user. */
static int is_own_process(int fd)
{
#if defined(__linux__)
    struct ucred peer;
    socklen_t size = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == geteuid();
#else
    uid_t uid;
    gid_t gid;
    return getpeereid(fd, &uid, &gid) == 0 && uid == geteuid();
#endif
}

/* Connects without waiting. */
static int connect_to(const char *path)
{
    struct sockaddr_un address;
    int fd;

    if (strlen(path) >= sizeof address.sun_path)
        run_cold("the path of the socket is too long");
    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    strcpy(address.sun_path, path);
    fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 || fcntl(fd, F_SETFL, O_NONBLOCK) != 0
        || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        run_cold(strerror(errno));
    if (!is_own_process(fd))
        run_cold("another user listens at the socket");
    return fd;
}

static long long now_millis(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Reads exactly that many bytes; runs cold if they do not come in time. */
static void read_in_time(int fd, char *to, size_t length, long long deadline)
{
    while (length > 0) {
        struct pollfd ready = {fd, POLLIN, 0};
        ssize_t n = read(fd, to, length);
        if (n > 0) {
            to += n;
            length -= (size_t)n;
            continue;
        }
        if (n == 0)
            run_cold("the host hung up");
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
            run_cold(strerror(errno));
        n = deadline > now_millis() ? poll(&ready, 1, (int)(deadline - now_millis())) : 0;
        if (n == 0)
            run_cold("the host did not answer in time");
    }
}

/* Returns if the host accepts the call; else runs it cold. */
static void shake_hands(int fd, const char *config)
{
    struct buffer hello = {NULL, 0, 0};
    long long deadline = now_millis() + HANDSHAKE_MILLIS;
    unsigned char header[HEADER];
    char reason[256];
    uint32_t length;

    make_hello(&hello, config);
    /* It fits into the empty buffer of a new socket. */
    if (write(fd, hello.bytes, hello.length) != (ssize_t)hello.length)
        run_cold("the host does not listen");
    free(hello.bytes);
    read_in_time(fd, (char *)header, HEADER, deadline);
    length = number(header + 1);
    if (header[0] == ACCEPTED && length == 0)
        return;
    if (header[0] != REFUSED || length >= sizeof reason)
        run_cold("the host speaks another protocol");
    read_in_time(fd, reason, length, deadline);
    reason[length] = '\0';
    run_cold(reason);
}

/* Sends the request. A host that stops reading may still answer why. */
static void send_request(int fd)
{
    if (write_all(fd, request.bytes, request.length) == 0)
        (void)!shutdown(fd, SHUT_WR);
}

/* Copies the log to stderr as it comes, and the response to stdout once it is complete. */
static void receive(int fd)
{
    struct buffer response = {NULL, 0, 0};
    unsigned char header[HEADER];
    static char bytes[CHUNK];

    while (read_all(fd, header, HEADER) == 0) {
        uint32_t rest = number(header + 1);
        if (header[0] == END && response.length > 0)
            exit(write_all(STDOUT_FILENO, response.bytes, response.length) == 0 ? 0 : 1);
        while (rest > 0) {
            size_t part = rest < sizeof bytes ? rest : sizeof bytes;
            if (read_all(fd, bytes, part) != 0)
                outcome_unknown();
            if (header[0] == RESPONSE)
                append(&response, bytes, part);
            else if (header[0] == LOG)
                (void)!write_all(STDERR_FILENO, bytes, part);
            rest -= (uint32_t)part;
        }
    }
    outcome_unknown();
}

/* Opens /dev/null for each closed standard stream, so that the socket does not take its place. */
static void fill_standard_streams(void)
{
    int fd;

    do {
        fd = open("/dev/null", O_RDONLY);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

int main(int argc, char **argv)
{
    const char *socket_path = getenv("CPI_HOST_SOCKET");
    const char *config;
    int fd;

    arguments = argv;
    fill_standard_streams();
    if (argc == 2 && strcmp(argv[1], "--protocol") == 0)
        return puts(MAGIC) == EOF;
    if (find_home(argc > 0 ? argv[0] : "") != 0) {
        fprintf(stderr, "cpi: cannot find the folder of this CPI\n");
        return 1;
    }
    config = parse(argc, &socket_path);
    if (config == NULL)
        run_cold("this is not a call with --config");
    if (socket_path == NULL || *socket_path == '\0')
        socket_path = DEFAULT_SOCKET;
    signal(SIGPIPE, SIG_IGN);
    fd = connect_to(socket_path);
    read_request();
    shake_hands(fd, config);
    if (fcntl(fd, F_SETFL, 0) != 0)
        outcome_unknown();
    send_request(fd);
    receive(fd);
    return 1;
}

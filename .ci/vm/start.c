// start lxd|incus DAEMON ARGUMENT...: becomes the daemon, which then finds what virtual machines need on a kernel that
// has neither KVM nor the host's side of vsock. For tests, whose machines are emulated and have no vsock device.
//
// A process of its own changes, in the daemon's memory alone, the names of device nodes to those of nodes that are always
// there, and the ioctl that gives a guest its vsock address to one that every file takes. For Incus it stays until the
// daemon has bound its vsock socket, which the kernel refuses for the host's address, but not for "any". Then it is gone:
// neither the daemon nor what it starts is traced, so containers outlive the daemon as ever.
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <linux/vm_sockets.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
    const char *from, *to;
    size_t length;
} CHANGES[] = {
    {"/dev/kvm", "/dev/./.", 8},
    {"/dev/vhost-vsock", "/dev/../dev/null", 16},
    {"\x60\xaf\x08\x40", "\x51\x54\x00\x00", 4},  // VHOST_VSOCK_SET_GUEST_CID, FIOCLEX
};

static void change_region(int memory, unsigned long start, size_t size, int *count) {
    char *copy = malloc(size);
    if (!copy || pread(memory, copy, size, (off_t) start) != (ssize_t) size) size = 0;
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        for (char *at = copy; (at = memmem(at, size - (size_t) (at - copy), CHANGES[i].from, CHANGES[i].length)); at++) {
            if (pwrite(memory, CHANGES[i].to, CHANGES[i].length, (off_t) (start + (unsigned long) (at - copy))) > 0) count[i]++;
        }
    }
    free(copy);
}

// Once the daemon's file is mapped, and before its first instruction.
static void change_memory(pid_t pid) {
    char name[64], exe[PATH_MAX], line[PATH_MAX + 128], path[PATH_MAX];
    unsigned long start, end;
    int count[3] = {0, 0, 0};
    snprintf(name, sizeof name, "/proc/%d/exe", pid);
    ssize_t length = readlink(name, exe, sizeof exe - 1);
    exe[length > 0 ? length : 0] = 0;
    snprintf(name, sizeof name, "/proc/%d/mem", pid);
    int memory = open(name, O_RDWR | O_CLOEXEC);
    snprintf(name, sizeof name, "/proc/%d/maps", pid);
    FILE *maps = fopen(name, "re");
    while (maps && memory >= 0 && fgets(line, sizeof line, maps)) {
        if (sscanf(line, "%lx-%lx r%*s %*s %*s %*s %4095s", &start, &end, path) == 3 && !strcmp(path, exe)) {
            change_region(memory, start, end - start, count);
        }
    }
    if (maps) fclose(maps);
    if (memory >= 0) close(memory);
    fprintf(stderr, "start: changed in the memory of %s: /dev/kvm %d, /dev/vhost-vsock %d, ioctl %d times\n", exe, count[0],
            count[1], count[2]);
}

// Whether a thread binds to the host's vsock address; it then binds to any.
static int binds_to_host(pid_t thread) {
    struct __ptrace_syscall_info info;
    struct sockaddr_vm address;
    char name[64];
    if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0 || info.op != PTRACE_SYSCALL_INFO_ENTRY ||
        info.entry.nr != SYS_bind || info.entry.args[2] != sizeof address) {
        return 0;
    }
    snprintf(name, sizeof name, "/proc/%d/mem", thread);
    int memory = open(name, O_RDWR | O_CLOEXEC), found = 0;
    if (pread(memory, &address, sizeof address, (off_t) info.entry.args[1]) == sizeof address &&
        address.svm_family == AF_VSOCK && address.svm_cid == VMADDR_CID_HOST) {
        address.svm_cid = VMADDR_CID_ANY;
        found = pwrite(memory, &address, sizeof address, (off_t) info.entry.args[1]) == sizeof address;
    }
    close(memory);
    return found;
}

// Lets every thread go as it stops next.
static void interrupt_threads(pid_t *threads, int count) {
    for (int i = 0; i < count; i++) ptrace(PTRACE_INTERRUPT, threads[i], 0, 0);
}

static void trace(pid_t daemon, int until_bind) {
    static pid_t threads[4096];
    int count = 0, started = 0, done = 0, status;
    pid_t thread;
    while ((thread = waitpid(-1, &status, __WALL)) > 0) {
        if (!WIFSTOPPED(status)) continue;
        int event = status >> 16, signal = WSTOPSIG(status), known = 0;
        for (int i = 0; i < count; i++) known |= threads[i] == thread;
        if (!known && count < (int) (sizeof threads / sizeof *threads)) threads[count++] = thread;
        if (event == PTRACE_EVENT_EXEC && thread == daemon && !started) {
            started = 1;
            change_memory(daemon);
            done = !until_bind;
        } else if (!done && signal == (SIGTRAP | 0x80) && binds_to_host(thread)) {
            done = 1;
            interrupt_threads(threads, count);
        }
        int delivered = event || signal == (SIGTRAP | 0x80) ? 0 : signal;
        ptrace(done ? PTRACE_DETACH : started ? PTRACE_SYSCALL : PTRACE_CONT, thread, 0, delivered);
    }
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    pid_t daemon = getpid();
    int ready[2];
    char answer = 0;
    if (pipe2(ready, O_CLOEXEC)) return 125;
    pid_t between = fork();
    if (between == 0) {
        // Nobody's child, since the daemon would not wait for one.
        if (fork()) _exit(0);
        setsid();
        answer = ptrace(PTRACE_SEIZE, daemon, 0, PTRACE_O_TRACEEXEC | PTRACE_O_TRACECLONE | PTRACE_O_TRACESYSGOOD) == 0;
        if (!answer) perror("start: cannot trace the daemon");
        if (write(ready[1], &answer, 1) == 1 && answer) trace(daemon, !strcmp(argv[1], "incus"));
        _exit(0);
    }
    waitpid(between, NULL, 0);
    close(ready[1]);
    if (read(ready[0], &answer, 1) != 1) answer = 0;
    execv(argv[2], argv + 2);
    perror(argv[2]);
    return 127;
}

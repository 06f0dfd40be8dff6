/* Stands between a process and the system's calls on files (LD_PRELOAD), for those below one directory only.

   It can make the n-th call fail or do half of what it should, and it can write down every change, so that the
   directory can be rebuilt as it would be after a loss of power. Told what to do by the functions shim_*, which
   tests call through ctypes. Works on 64-bit Linux. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { WRITE = 1, READ = 2, SYNC = 4, TRUNCATE = 8, OPEN = 16, RENAME = 32, UNLINK = 64, MKDIR = 128, RMDIR = 256, MARK = 512 };

static char root[4096];
static size_t root_length;
static int log_fd = -1;
static int fail_kinds, fail_errno, fail_half, fail_lasting;
static long fail_at, calls_seen;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The kernel itself, around every function of the C library that could be one of ours. */
static long kernel(long number, long a, long b, long c, long d, long e, long f) {
  long answer;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall" : "=a"(answer) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
  return answer;
}

static long told(long answer) {
  if (answer < 0 && answer > -4096) { errno = (int)-answer; return -1; }
  return answer;
}

void shim_watch(const char *directory) {
  root_length = strlen(directory);
  memcpy(root, directory, root_length + 1);
}

/* Fail the n-th call of the given kinds from now on (0: none); half: do half of it instead of failing; a negative
   error number: die at once, before the call. */
void shim_fail(int kinds, long n, int number, int half, int lasting) {
  fail_kinds = kinds; fail_at = n; fail_errno = number; fail_half = half; fail_lasting = lasting; calls_seen = 0;
}

long shim_calls(void) { return calls_seen; }

void shim_record(const char *path) {
  if (log_fd >= 0) kernel(SYS_close, log_fd, 0, 0, 0, 0, 0);
  log_fd = path[0] ? (int)kernel(SYS_open, (long)path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600, 0, 0, 0) : -1;
}

static int ours(const char *path) {
  return root_length && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || !path[root_length]);
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long length = kernel(SYS_readlink, (long)link, (long)path, 4095, 0, 0, 0);
  if (length < 0) return 0;
  path[length] = 0;
  return ours(path);
}

static int path_at(int dirfd, const char *name, char *path) {
  if (name[0] == '/' || dirfd == AT_FDCWD) {
    snprintf(path, 4096, "%s", name);
    return ours(path);
  }
  if (!path_of(dirfd, path)) return 0;
  size_t length = strlen(path);
  if (strcmp(name, ".") == 0) return 1;
  snprintf(path + length, 4096 - length, "/%s", name);
  return 1;
}

/* Return 1 when this call is the one that goes wrong. */
static int strikes(int kind) {
  if (!fail_at || !(kind & fail_kinds)) return 0;
  long number = __atomic_add_fetch(&calls_seen, 1, __ATOMIC_SEQ_CST);
  if (number == fail_at && fail_errno < 0) kernel(SYS_exit_group, 9, 0, 0, 0, 0, 0);
  return number == fail_at || (fail_lasting && number > fail_at);
}

static void all(const void *data, size_t count) {
  const char *rest = data;
  while (count) {
    long done = kernel(SYS_write, log_fd, (long)rest, (long)count, 0, 0, 0);
    if (done <= 0) return;
    rest += done; count -= (size_t)done;
  }
}

static void note(int kind, int64_t number, const char *path, const char *other, const void *data, size_t count) {
  if (log_fd < 0) return;
  struct { uint32_t kind, path, other, data; int64_t number; } head = {
    (uint32_t)kind, (uint32_t)strlen(path), (uint32_t)strlen(other), (uint32_t)count, number };
  pthread_mutex_lock(&lock);
  all(&head, sizeof head); all(path, head.path); all(other, head.other); all(data, count);
  pthread_mutex_unlock(&lock);
}

void shim_mark(int64_t number) { note(MARK, number, "", "", "", 0); }

static ssize_t put(int fd, const void *data, size_t count, off_t at, int placed) {
  char path[4096];
  int mine = path_of(fd, path);
  if (mine && strikes(WRITE)) {
    if (!fail_half) { errno = fail_errno; return -1; }
    if (count > 1) count /= 2;
  }
  if (!placed) at = kernel(SYS_lseek, fd, 0, SEEK_CUR, 0, 0, 0);
  ssize_t done = told(kernel(SYS_pwrite64, fd, (long)data, (long)count, at, 0, 0));
  if (!mine || done < 0) return done;
  if (!placed) kernel(SYS_lseek, fd, at + done, SEEK_SET, 0, 0, 0);
  note(WRITE, at, path, "", data, (size_t)done);
  return done;
}

ssize_t write(int fd, const void *data, size_t count) {
  char path[4096];
  if (!root_length || !path_of(fd, path)) return told(kernel(SYS_write, fd, (long)data, (long)count, 0, 0, 0));
  return put(fd, data, count, 0, 0);
}
ssize_t pwrite(int fd, const void *data, size_t count, off_t at) { return put(fd, data, count, at, 1); }
ssize_t pwrite64(int fd, const void *data, size_t count, off_t at) { return put(fd, data, count, at, 1); }

static ssize_t get(long number, int fd, void *data, size_t count, off_t at) {
  char path[4096];
  if (root_length && path_of(fd, path) && strikes(READ)) {
    if (!fail_half) { errno = fail_errno; return -1; }
    if (count > 1) count /= 2;
  }
  return told(kernel(number, fd, (long)data, (long)count, at, 0, 0));
}
ssize_t read(int fd, void *data, size_t count) { return get(SYS_read, fd, data, count, 0); }
ssize_t pread(int fd, void *data, size_t count, off_t at) { return get(SYS_pread64, fd, data, count, at); }
ssize_t pread64(int fd, void *data, size_t count, off_t at) { return get(SYS_pread64, fd, data, count, at); }

static int sync_of(long number, int fd) {
  char path[4096];
  int mine = path_of(fd, path);
  if (mine && strikes(SYNC)) { errno = fail_errno; return -1; }
  int done = (int)told(kernel(number, fd, 0, 0, 0, 0, 0));
  if (mine && !done) note(SYNC, 0, path, "", "", 0);
  return done;
}
int fsync(int fd) { return sync_of(SYS_fsync, fd); }
int fdatasync(int fd) { return sync_of(SYS_fdatasync, fd); }

static int cut(int fd, off_t length) {
  char path[4096];
  int mine = path_of(fd, path);
  if (mine && strikes(TRUNCATE)) { errno = fail_errno; return -1; }
  int done = (int)told(kernel(SYS_ftruncate, fd, length, 0, 0, 0, 0));
  if (mine && !done) note(TRUNCATE, length, path, "", "", 0);
  return done;
}
int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off_t length) { return cut(fd, length); }

static int enter(int dirfd, const char *name, int flags, mode_t mode, long how, long size) {
  char path[4096];
  int mine = root_length && path_at(dirfd, name, path);
  if (mine && strikes(OPEN)) { errno = fail_errno; return -1; }
  int is_new = mine && (flags & O_CREAT) && kernel(SYS_access, (long)path, 0, 0, 0, 0, 0) < 0;
  int fd = (int)told(how ? kernel(437, dirfd, (long)name, how, size, 0, 0) : kernel(SYS_openat, dirfd, (long)name, flags, mode, 0, 0));
  if (fd >= 0 && is_new) note(OPEN, flags, path, "", "", 0);
  if (fd >= 0 && mine && !is_new && (flags & O_TRUNC)) note(TRUNCATE, 0, path, "", "", 0);
  return fd;
}
#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *name, int flags, ...) { MODE(flags) return enter(AT_FDCWD, name, flags, mode, 0, 0); }
int open64(const char *name, int flags, ...) { MODE(flags) return enter(AT_FDCWD, name, flags, mode, 0, 0); }
int openat(int dirfd, const char *name, int flags, ...) { MODE(flags) return enter(dirfd, name, flags, mode, 0, 0); }
int openat64(int dirfd, const char *name, int flags, ...) { MODE(flags) return enter(dirfd, name, flags, mode, 0, 0); }

long syscall(long number, ...) {
  long a[6];
  va_list rest;
  va_start(rest, number);
  for (int i = 0; i < 6; i++) a[i] = va_arg(rest, long);
  va_end(rest);
  if (number == 437) return enter((int)a[0], (const char *)a[1], (int)*(uint64_t *)a[2], 0, a[2], a[3]);
  return told(kernel(number, a[0], a[1], a[2], a[3], a[4], a[5]));
}

static int move(int olddir, const char *old, int newdir, const char *new) {
  char from[4096], to[4096];
  int mine = path_at(olddir, old, from) & path_at(newdir, new, to);
  if (mine && strikes(RENAME)) { errno = fail_errno; return -1; }
  int done = (int)told(kernel(SYS_renameat, olddir, (long)old, newdir, (long)new, 0, 0));
  if (mine && !done) note(RENAME, 0, from, to, "", 0);
  return done;
}
int rename(const char *old, const char *new) { return move(AT_FDCWD, old, AT_FDCWD, new); }
int renameat(int olddir, const char *old, int newdir, const char *new) { return move(olddir, old, newdir, new); }

static int drop(int dirfd, const char *name, int flags) {
  char path[4096];
  int kind = flags & AT_REMOVEDIR ? RMDIR : UNLINK, mine = path_at(dirfd, name, path);
  if (mine && strikes(kind)) { errno = fail_errno; return -1; }
  int done = (int)told(kernel(SYS_unlinkat, dirfd, (long)name, flags, 0, 0, 0));
  if (mine && !done) note(kind, 0, path, "", "", 0);
  return done;
}
int unlink(const char *name) { return drop(AT_FDCWD, name, 0); }
int unlinkat(int dirfd, const char *name, int flags) { return drop(dirfd, name, flags); }
int rmdir(const char *name) { return drop(AT_FDCWD, name, AT_REMOVEDIR); }

static int make(int dirfd, const char *name, mode_t mode) {
  char path[4096];
  int mine = path_at(dirfd, name, path);
  if (mine && strikes(MKDIR)) { errno = fail_errno; return -1; }
  int done = (int)told(kernel(SYS_mkdirat, dirfd, (long)name, mode, 0, 0, 0));
  if (mine && !done) note(MKDIR, 0, path, "", "", 0);
  return done;
}
int mkdir(const char *name, mode_t mode) { return make(AT_FDCWD, name, mode); }
int mkdirat(int dirfd, const char *name, mode_t mode) { return make(dirfd, name, mode); }

/* The clock on the wall, so many seconds wrong. What runs evenly (CLOCK_MONOTONIC) stays as it is. */
static int64_t clock_wrong_by;
void shim_clock(int64_t seconds) { clock_wrong_by = seconds; }

int clock_gettime(clockid_t clock, struct timespec *now) {
  int done = (int)told(kernel(SYS_clock_gettime, clock, (long)now, 0, 0, 0, 0));
  if (!done && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += clock_wrong_by;
  return done;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  struct timespec exact;
  if (clock_gettime(CLOCK_REALTIME, &exact)) return -1;
  now->tv_sec = exact.tv_sec; now->tv_usec = exact.tv_nsec / 1000;
  return 0;
}
time_t time(time_t *now) {
  struct timespec exact;
  clock_gettime(CLOCK_REALTIME, &exact);
  if (now) *now = exact.tv_sec;
  return exact.tv_sec;
}

"""Two ways to open what lies beneath a directory, and only that.

Both take a directory's descriptor and a path of checked components. Neither follows a link, leaves the
directory or crosses into another file system, also when somebody swaps folders for links while it works.
Where the kernel has `openat2` (Linux 5.6), it does the whole walk in one call; elsewhere the walk is made
here, a component at a time. The walk knows another file system by its device number, so it does not notice
one that is mounted twice.

Both raise `OSError`: ELOOP, EXDEV or ENOTDIR for what must not be followed.
"""

import ctypes
import errno
import functools
import os
import platform
from typing import Final, Protocol

_OPENAT2: Final = 437  # the same number on every machine listed below
_MACHINES: Final = frozenset({"x86_64", "aarch64"})
_RESOLVE_NO_XDEV: Final = 0x01
_RESOLVE_NO_MAGICLINKS: Final = 0x02
_RESOLVE_NO_SYMLINKS: Final = 0x04
_RESOLVE_BENEATH: Final = 0x08
_RESOLVE: Final = _RESOLVE_NO_XDEV | _RESOLVE_NO_MAGICLINKS | _RESOLVE_NO_SYMLINKS | _RESOLVE_BENEATH
_FOLDER: Final = os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


class OpenBeneath(Protocol):
    """Opens `parts` beneath the directory `root`, or the directory itself, and returns a descriptor."""

    def __call__(self, root: int, parts: tuple[str, ...], flags: int, mode: int = 0) -> int:
        """Open with the flags and the mode of open(2)."""
        ...


class _OpenHow(ctypes.Structure):
    """`struct open_how` of openat2(2)."""

    _fields_ = (("flags", ctypes.c_uint64), ("mode", ctypes.c_uint64), ("resolve", ctypes.c_uint64))


def by_kernel(root: int, parts: tuple[str, ...], flags: int, mode: int = 0) -> int:
    """Open with openat2(2). Raises `OSError` with ENOSYS or EPERM where it may not be used."""
    how = _OpenHow(flags | os.O_CLOEXEC | os.O_NOFOLLOW, mode, _RESOLVE)
    path = "/".join(parts) or "."
    while True:
        descriptor: int = _libc.syscall(
            ctypes.c_long(_OPENAT2),
            ctypes.c_int(root),
            ctypes.c_char_p(path.encode()),
            ctypes.byref(how),
            ctypes.c_size_t(ctypes.sizeof(how)),
        )
        if descriptor >= 0:
            return descriptor
        number = ctypes.get_errno()
        if number != errno.EINTR:
            raise OSError(number, os.strerror(number), path)


def by_walking(root: int, parts: tuple[str, ...], flags: int, mode: int = 0) -> int:
    """Open one component after the other, each without following links, each on the root's file system."""
    *folders, last = parts or (".",)
    device = os.fstat(root).st_dev
    here = root
    try:
        for name in folders:
            below = _on_device(os.open(name, _FOLDER, dir_fd=here), device)
            if here != root:
                os.close(here)
            here = below
        return _on_device(os.open(last, flags | os.O_CLOEXEC | os.O_NOFOLLOW, mode, dir_fd=here), device)
    finally:
        if here != root:
            os.close(here)


def _on_device(descriptor: int, device: int) -> int:
    if os.fstat(descriptor).st_dev == device:
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))


@functools.cache
def kernel_way_works() -> bool:
    """Ask the kernel whether openat2 may be used here; old kernels and some container sandboxes refuse it."""
    if platform.machine() not in _MACHINES:
        return False
    root = os.open("/", _FOLDER)
    try:
        os.close(by_kernel(root, (), _FOLDER))
    except OSError:
        return False
    finally:
        os.close(root)
    return True


def best_way() -> OpenBeneath:
    """Return the kernel's way where it works, else the walk."""
    return by_kernel if kernel_way_works() else by_walking

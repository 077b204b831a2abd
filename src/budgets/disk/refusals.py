"""What a system says where it does not let us write."""

import errno

UNWRITABLE = frozenset(getattr(errno, name, 0) for name in ("EACCES", "EBUSY", "EDQUOT", "EFBIG", "EIO", "ENOSPC", "EPERM", "EROFS", "ESTALE", "ETXTBSY"))
"""The numbers of such errors."""


def refused(error: BaseException) -> bool:
    """Is this the system that does not let us write, and no fault of what was to be written?"""
    return isinstance(error, OSError) and error.errno in UNWRITABLE

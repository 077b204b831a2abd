"""What the reader of workbooks gives up with, as an error that says so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import python_calamine as calamine


@contextmanager
def damage(refused: Callable[[BaseException], Exception]) -> Iterator[None]:
    """Whatever calamine raises within becomes what *refused* makes of it."""
    try:
        yield
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise refused(error) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what the reader's Rust gives up with; it is no Exception
            raise
        raise refused(error) from None

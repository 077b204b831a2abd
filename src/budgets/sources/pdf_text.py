"""The text of a PDF: its pages in paragraphs, since a page breaks lines anywhere."""

import io
import logging

from budgets.errors import DataError
from budgets.sources.printed import paragraphs


def pdf_text(data: bytes, name: str) -> str:
    """The text of the bytes of a PDF. Raises `DataError` for one that is locked or damaged."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said once, by us
    try:
        pages = [page.extract_text() or "" for page in PdfReader(io.BytesIO(data)).pages]
    except (DependencyError, FileNotDecryptedError):
        raise DataError("reader.locked", path=name) from None
    except Exception as error:  # on a damaged file the library fails in any way
        raise DataError("file.broken", path=name, why=type(error).__name__) from None
    return paragraphs(pages)

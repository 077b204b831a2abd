"""The page's own font: Noto Sans KR (SIL Open Font License 1.1), cut down to the characters a page uses.

HarfBuzz cuts the font in milliseconds. It is embedded uncompressed: WOFF2 would save some ten kilobytes of a page and
cost twenty times the time.
"""

import base64
import string
from functools import cache, lru_cache

import uharfbuzz  # type: ignore[import-untyped]
from pylopdf_fonts_ko import sans_path

FAMILY = "Noto Sans KR"
ALWAYS = string.printable + "△\N{MINUS SIGN}·…"
UNUSED = ("vmtx", "vhea", "VORG", "GSUB", "GPOS", "BASE")
"""Tables for vertical writing and fine typesetting, which a page does without."""


@cache
def face() -> uharfbuzz.Face:
    """The whole font, opened once for this process and its forks."""
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(sans_path())))


@lru_cache(maxsize=64)
def font_face(characters: frozenset[str]) -> str:
    """A CSS rule that embeds the font with the glyphs for *characters*, and for digits and Latin letters always."""
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update({ord(character) for character in characters.union(ALWAYS)})
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    for table in UNUSED:
        wanted.drop_table_tag_set.add(int.from_bytes(table.encode("ascii"), "big"))
    data = base64.b64encode(uharfbuzz.subset(face(), wanted).blob.data).decode("ascii")
    return f'@font-face{{font-family:"{FAMILY}";src:url(data:font/otf;base64,{data}) format("opentype")}}'

"""What governments and programmes are called on the sheets: unique, readable, in the official order."""

import pandas as pd

DOT = " · "


def government_labels(governments: pd.DataFrame, language: str) -> dict[str, str]:
    """Identifier → label, in the official order: 서울, 인천, 서울 중구, 경기 광주시. A municipality stands with its province.

    >>> rows = [("seoul", "서울", "Seoul", "province", None, 1), ("seoul-jung", "중구", "Jung-gu, Seoul", "municipality", "seoul", 2)]
    >>> governments = pd.DataFrame(rows, columns=["government", "short_ko", "name_en", "level", "province", "official_order"])
    >>> government_labels(governments, "ko")
    {'seoul': '서울', 'seoul-jung': '서울 중구'}
    """
    rows = governments.sort_values("official_order", kind="stable").drop_duplicates("government").set_index("government")
    if language == "en":
        return {str(g): str(name) for g, name in rows["name_en"].items()}
    short = rows["short_ko"].to_dict()
    # A missing province is NaN, None or "" depending on who read the table.
    inside = {g: p for g, p, level in zip(rows.index, rows["province"], rows["level"], strict=True) if level == "municipality" and p in short}
    return {str(g): f"{short[inside[g]]} {name}" if g in inside else str(name) for g, name in short.items()}


def programme_labels(programmes: pd.DataFrame, governments: dict[str, str], language: str) -> dict[str, str]:
    """Identifier → ``인천 · AI 플레이그라운드 인천``, sorted by government, so that a government's programmes stand together."""
    order = {g: n for n, g in enumerate(governments)}
    name = f"name_{language}"
    rows = sorted(programmes[["government", name, "programme_id"]].itertuples(index=False), key=lambda r: (order.get(r[0], len(order)), r[1]))
    return {str(r[2]): f"{governments.get(r[0], r[0])}{DOT}{r[1]}" for r in rows}

"""The recount's ledgers: cells folded, synonyms merged, each key counted once."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from recount.dates import read_day
from recount.files import Row

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))
MERGED: Mapping[str, Mapping[str, str]] = {
    "商品区分": {"生命保険": "生保", "損害保険": "損保", "団体保険": "団体"},
    "声の区分": {"お褒め": "感謝", "感謝の声": "感謝", "ご不満": "不満", "ご要望": "要望"},
    "ステータス": {"未": "未対応", "対応済": "済", "対応済み": "済", "完了": "済"},
    "意向確認ナビ": {"有": "使用", "無": "未使用"},
    "制度": {"高額療養費": "高額療養費制度", "介護保険制度": "公的介護保険制度"},
    "種目": {"自動車保険": "自動車", "火災保険": "火災"},
    "会議名": {"コンプライアンス推進会議": "コンプライアンス会議"},
}
"""Synonyms by header, as the domain lists them."""


def folded(cell: str) -> str:
    """Return a cell for comparing: circled numerals kept, width, dashes and white space folded."""
    kept = "".join(c if "①" <= c <= "⑳" else unicodedata.normalize("NFKC", c) for c in cell)
    composed = unicodedata.normalize("NFC", kept).translate(DASHES)
    armoured = re.fullmatch(r'="(.*)"', composed)
    return " ".join((armoured[1] if armoured else composed).split())


class Ledger:
    """The rows of one source, once each, with how many of those read were no row of their own."""

    def __init__(
        self, files: Sequence[Sequence[Row]], key: Sequence[str], dates: Sequence[str]
    ) -> None:
        self.read = sum(len(rows) for rows in files)
        self.not_data = self.duplicate = self.superseded = 0
        self._key, self._dates = key, dates
        newest_last = sorted(files, key=self._newest)
        kept: dict[tuple[str, ...], Row] = {}
        for rows in newest_last:
            self._merge(kept, self._unique(rows))
        self.rows = list(kept.values())

    def days(self, header: str) -> Iterator[tuple[Row, date | None]]:
        """Yield each row with its day in the column `header`."""
        for row in self.rows:
            yield row, read_day(row[header])

    def _newest(self, rows: Sequence[Row]) -> date:
        days = (read_day(row[self._dates[0]]) for row in rows if self._is_data(row))
        return max(day for day in days if day is not None)

    def _is_data(self, row: Row) -> bool:
        """Tell whether a row is data: a blank key means an empty row or a total."""
        if any(folded(row[header]) for header in self._key):
            return True
        cells = {folded(cell) for cell in row.values()}
        assert cells == {""} or cells & {"合計", "小計", "総計"}
        return False

    def _data(self, rows: Sequence[Row]) -> Iterator[Row]:
        for row in rows:
            if self._is_data(row):
                yield {header: self._content(header, cell) for header, cell in row.items()}
            else:
                self.not_data += 1

    def _content(self, header: str, cell: str) -> str:
        if header in self._dates:
            day = read_day(cell)
            return day.isoformat() if day else ""
        return MERGED.get(header, {}).get(folded(cell), folded(cell))

    def _unique(self, rows: Sequence[Row]) -> dict[tuple[str, ...], Row]:
        """Return one file's rows by key; the same key with other content is no row of ours."""
        found: dict[tuple[str, ...], Row] = {}
        for row in self._data(rows):
            key = tuple(row[header] for header in self._key)
            if found.setdefault(key, row) != row:
                raise ValueError(f"two contents under {key}")
            self.duplicate += found[key] is not row
        return found

    def _merge(self, kept: dict[tuple[str, ...], Row], later: dict[tuple[str, ...], Row]) -> None:
        """Take a later file in: where a key is known already, the later content counts."""
        for key, row in later.items():
            if key in kept:
                self.duplicate += kept[key] == row
                self.superseded += kept[key] != row
            kept[key] = row

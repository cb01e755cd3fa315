"""What a benchmark writes, and what was written: known without loading what writes it."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.answers import Answer
from benchmarks.dates import DATE_STYLES, DAYS, MIXED
from benchmarks.words import CATEGORIES, LINES

CODECS = {
    "cp932": "cp932",
    "utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "iso2022_jp": "iso2022_jp",
    "euc_jp": "euc_jp",
}
"""The encodings that an export can have, and Python's name for what follows the byte-order mark."""
DECLARED = ("euc_jp",)
"""Those that the settings have to name."""
CELLS = ("usual", "quoted", "inches", "unbroken")
"""How cells are written: as usual, every one in quotes, short texts with a quote in them that no
other closes (`5"`), or with a blank for each line break."""

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header."""
OWN_COLUMNS, MOST_COLUMNS = 11, 20
"""Columns of voices, and with all the further ones that a workbook can have."""


Figures = dict[tuple[str, str | None], int]
"""Values by KPI and part; None is the total."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write.

    `rows` counts all rows of all files. Of them `duplicates` (a share) repeat a row of the file
    before, and `superseded` are the older version of a row that the next file has otherwise; one
    file alone has no superseded rows. `long_share` of the rows have a quoted cell of about
    `long_length` characters with line breaks. `cells` is one of `CELLS`, of text files. Raises
    `ValueError` for what cannot be written.
    """

    rows: int = 2_000_000
    files: int = 4
    seed: int = 1
    encoding: str = "cp932"
    styles: tuple[str, ...] = MIXED
    duplicates: float = 0.02
    superseded: float = 0.0002
    long_share: float = 0.005
    long_length: int = 200
    columns: int = 0
    cells: str = "usual"

    def __post_init__(self) -> None:
        if self.encoding not in CODECS:
            raise ValueError(f"encoding {self.encoding!r} is none of {', '.join(CODECS)}")
        if self.cells not in CELLS:
            raise ValueError(f"cells {self.cells!r} are none of {', '.join(CELLS)}")
        if unknown := [style for style in self.styles if style not in DATE_STYLES]:
            raise ValueError(f"date styles {unknown} are none of {', '.join(DATE_STYLES)}")
        if not 1 <= self.files <= DAYS:
            raise ValueError(f"files must be 1 to {DAYS}: a file covers a day at least")
        if self.columns and not OWN_COLUMNS <= self.columns <= MOST_COLUMNS:
            raise ValueError(f"columns must be {OWN_COLUMNS} to {MOST_COLUMNS}; 0 for text files")
        if self.columns and self.own // self.files + 1 + self.again > MOST_ROWS:
            raise ValueError(f"a sheet holds {MOST_ROWS:,} rows: there must be more files")
        if self.rows < self.files or self.again > self.own // self.files:
            raise ValueError("a file must be able to hold the rows that the next one repeats")

    def as_options(self) -> list[str]:
        """Return the options of the command line that mean this plan."""
        values = asdict(self) | {"styles": ",".join(self.styles)}
        return [f"--{name.replace('_', '-')}={value}" for name, value in values.items()]

    @property
    def replaced(self) -> int:
        """Rows that a later file supersedes."""
        return round(self.rows * self.superseded / self.borders) * (self.files - 1)

    @property
    def repeated(self) -> int:
        """Rows that repeat another one."""
        return round(self.rows * self.duplicates / self.borders) * self.borders

    @property
    def borders(self) -> int:
        """Places where rows are repeated: from one file to the next, or at a lone file's end."""
        return max(1, self.files - 1)

    @property
    def again(self) -> int:
        """Rows of one file that are written again, with another content or the same."""
        return (self.repeated + self.replaced) // self.borders

    @property
    def own(self) -> int:
        """Rows with a number of their own."""
        return self.rows - self.repeated - self.replaced


@dataclass(slots=True)
class Written:
    """What was written.

    `half` is the answer for 2025H1, `raw` counts every row as it stands. `improved` are complaints
    with an improvement in 2025H1, `reported` voices with a report to an insurer then, by line.
    """

    files: list[str] = field(default_factory=list)
    size: int = 0
    usable: int = 0
    duplicate: int = 0
    superseded: int = 0
    half: Answer = field(default_factory=dict)
    raw: Answer = field(default_factory=dict)
    improved: int = 0
    reported: dict[str, int] = field(default_factory=dict)

    def figures(self) -> "Figures":
        """Return every figure of 2025H1 that kpicli's catalogue takes from the files."""
        half, reported = self.half, self.reported
        parts = {c: sum(line.get(c, 0) for line in half.values()) for c in CATEGORIES}
        return {
            ("voices", None): sum(parts.values()),
            **{("voices", category): number for category, number in parts.items()},
            ("voices_nonlife", None): sum(half.get("損保", {}).values()),
            ("complaint_improvements", None): self.improved,
            ("insurer_reports", None): sum(reported.values()),
            **{("insurer_reports", line): reported.get(line, 0) for line in LINES},
            ("insurer_improvements", None): 0,
            **{("insurer_improvements", line): 0 for line in LINES},
        }

    def save(self, folder: Path) -> None:
        """Put it beside the files, so that reading it needs nothing that made them."""
        text = json.dumps(asdict(self), ensure_ascii=False)
        (folder / "expected.json").write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Written":
        """Return what `save` put into the folder."""
        return cls(**json.loads((folder / "expected.json").read_text(encoding="utf-8")))

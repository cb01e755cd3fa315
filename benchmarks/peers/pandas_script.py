"""Count voices with pandas: one read per file, dates by their distinct spellings, ids once."""

import sys

import pandas as pd

COLUMNS = ["受付番号", "受付日", "商品区分", "声の区分"]
DATE = (
    r"^(?:(?P<year>\d{4})|(?:令和|令|R)(?P<era>\d{1,2}))"
    r"[-/.年]?(?P<month>\d{1,2})[-/.月]?(?P<day>\d{1,2})"
)
LINES = {"生命保険": "生保", "損害保険": "損保", "団体保険": "団体"}
CATEGORIES = {"お褒め": "感謝", "感謝の声": "感謝", "ご不満": "不満", "ご要望": "要望"}


def parsed(texts: "pd.Series[str]") -> "pd.Series[pd.Timestamp]":
    """Return the day of every cell; a cell that is no date is an error."""
    parts = texts.str.extract(DATE)
    year = pd.to_numeric(parts["year"]).fillna(pd.to_numeric(parts["era"]) + 2018)
    return pd.to_datetime(
        pd.DataFrame(
            {
                "year": year.astype(int),
                "month": parts["month"].astype(int),
                "day": parts["day"].astype(int),
            }
        )
    )


def main(encoding: str, *files: str) -> None:
    """Read, deduplicate, cut to the half, count."""
    voices = pd.concat(
        [
            pd.read_csv(file, encoding=encoding, dtype=str, usecols=COLUMNS, keep_default_na=False)
            for file in files
        ],
        ignore_index=True,
    ).drop_duplicates("受付番号", keep="last")
    spellings = voices["受付日"].drop_duplicates()
    days = dict(zip(spellings, parsed(spellings), strict=True))
    half = voices[voices["受付日"].map(days).between("2025-04-01", "2025-09-30")]
    line = half["商品区分"].str.strip().replace(LINES)
    category = half["声の区分"].str.strip().replace(CATEGORIES)
    counts = half.groupby([line, category]).size().rename_axis(["line", "category"])
    counts.reset_index(name="count").to_json(sys.stdout, orient="values", force_ascii=False)


if __name__ == "__main__":
    main(*sys.argv[1:])

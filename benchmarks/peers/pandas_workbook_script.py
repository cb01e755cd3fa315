"""Count voices of workbooks with pandas, which reads them by calamine."""

import sys

import pandas as pd

COLUMNS = ["受付番号", "受付日", "商品区分", "声の区分"]
LINES = {"生命保険": "生保", "損害保険": "損保", "団体保険": "団体"}
CATEGORIES = {"お褒め": "感謝", "感謝の声": "感謝", "ご不満": "不満", "ご要望": "要望"}


def main(*files: str) -> None:
    """Read, deduplicate, cut to the half, count; a date that is none is an error."""
    voices = pd.concat(
        [pd.read_excel(file, engine="calamine", usecols=COLUMNS) for file in files],
        ignore_index=True,
    ).drop_duplicates("受付番号", keep="last")
    received = pd.to_datetime(voices["受付日"])
    half = voices[received.between("2025-04-01", "2025-10-01", inclusive="left")]
    line = half["商品区分"].str.strip().replace(LINES)
    category = half["声の区分"].str.strip().replace(CATEGORIES)
    counts = half.groupby([line, category]).size().rename_axis(["line", "category"])
    counts.reset_index(name="count").to_json(sys.stdout, orient="values", force_ascii=False)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The pages on faults, from their catalogue: `python tools/faults_page.py docs`.

It writes `faults.md` in English into the folder that is named, and `ja/faults.md` in Japanese.
"""

import argparse
import sys
from pathlib import Path

from fault_examples import EXAMPLES
from kpicli.base.faults import CATALOGUE, KINDS, FaultKind
from kpicli.base.wording import Language, Text

_LEVELS = {
    "fault": Text("不備", "fault"),
    "warning": Text("注意", "warning"),
    "note": Text("参考", "note"),
}
_INTRODUCTION = Text(
    """\
`kpicli check` が挙げるものの一覧です。コードの意味は変わりません。

- **不備**: その行を数に入れてよいか決められません。関わる数値は「要確認」になり、
  `check` は終了コード 5 で終わります。
- **注意**: 数えましたが、正しいか確かめてください。
- **参考**: 知っておくとよいことです。

`D1xx` はセル、`D2xx` は行と番号、`D3xx` はファイル、`D4xx` は期間と定義です。
`D5xx` は凍結した記録です。これは `check` ではなく、公表した数値と比べるコマンド
(`summarize --compare`、`report`、`diff`、`freeze`)が挙げます。
`D6xx` は設定なしで調べたファイル(`kpicli check ファイル`)のことです。
""",
    """\
Everything that `kpicli check` tells. A code never changes its meaning.

- **fault**: nothing says whether the row belongs in the figures. Those it touches are
  provisional, and `check` exits 5.
- **warning**: counted, but look at it.
- **note**: good to know.

`D1xx` are cells, `D2xx` rows and keys, `D3xx` files, `D4xx` coverage and definitions.
`D5xx` are frozen records: told not by `check` but by what compares with published figures
(`summarize --compare`, `report`, `diff`, `freeze`).
`D6xx` are of files that were looked at without settings (`kpicli check FILE`).
""",
)
_TITLE = Text("不備と注意の一覧", "Faults and warnings")
PAGES: dict[Language, str] = {"en": "faults.md", "ja": "ja/faults.md"}
_ROWS = (
    (Text("内容", "Meaning"), lambda kind: kind.message),
    (Text("例", "Example"), lambda kind: EXAMPLES[kind.code]),
    (Text("対処", "What to do"), lambda kind: kind.advice),
)


def page(language: Language) -> str:
    """Return the page as Markdown in a language, every kind in code order."""
    parts = [f"# {_TITLE.in_language(language)}\n", _INTRODUCTION.in_language(language)]
    return "\n".join([*parts, *(_entry(CATALOGUE[code], language) for code in sorted(CATALOGUE))])


def _entry(kind: FaultKind, language: Language) -> str:
    """Return a kind, and below what to do the causes that have words of their own."""
    level = _LEVELS[kind.level].in_language(language)
    lines = [f"## {kind.code} {kind.title.in_language(language)} ({level})\n"]
    lines += [
        f"- **{word.in_language(language)}**: {text(kind).in_language(language)}"
        for word, text in _ROWS
    ]
    causes = [other for other in KINDS.values() if other.code == kind.code and other.cause]
    lines += [
        f"  - {cause.message.in_language(language)} → {cause.advice.in_language(language)}"
        for cause in causes
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the pages into the folder that is named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    for language, name in PAGES.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(page(language), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

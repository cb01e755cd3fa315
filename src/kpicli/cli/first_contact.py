"""What is said in a folder without settings: the files that it holds, and the first command."""

from collections import Counter
from itertools import islice
from pathlib import Path

from kpicli.base.wording import Text
from kpicli.loaders.files.candidates import files_in

_AT_MOST = 1000
"""So many files are counted: enough to see what kind of folder it is."""
_NOTHING = Text(
    "このフォルダーに kpicli.toml はなく、表のファイル"
    "(csv, tsv, txt, xlsx, parquet, zip)もありません。\n"
    "出力の入ったフォルダーを指定してください:\n\n  kpicli init フォルダー",
    "There is no kpicli.toml here, nor a file with a table (csv, tsv, txt, xlsx, parquet, zip).\n"
    "Name the folder of the exports:\n\n  kpicli init FOLDER",
)
_SOMETHING = Text(
    "このフォルダーに kpicli.toml はありません。表のファイルは {number} あります({kinds})。\n"
    "次を入力すると、出力を読み解いて設定を作ります:\n\n  kpicli init .",
    "There is no kpicli.toml here, but {number} files that may hold tables ({kinds}).\n"
    "This understands them and writes the settings:\n\n  kpicli init .",
)
_USAGE = Text("使い方: kpicli --help", "Usage: kpicli --help")


def seen_in(folder: Path) -> Text:
    """Return how many files of which kinds lie in a folder and below, and what to type next."""
    files = list(islice(files_in(folder), _AT_MOST + 1))
    kinds = Counter(file.suffix.lower().removeprefix(".") for file in files[:_AT_MOST])
    listed = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    number = f"{_AT_MOST}+" if len(files) > _AT_MOST else str(len(files))
    said = _SOMETHING.filled(number=number, kinds=listed) if files else _NOTHING
    return Text(f"{said.ja}\n\n{_USAGE.ja}", f"{said.en}\n\n{_USAGE.en}")

"""The Japanese page of all keys of kpicli.toml: `python tools/settings_page.py docs`.

It writes `ja/settings.md` into the folder that is named, made of the JSON Schema that `kpicli
schema` prints: its tables, keys, what may be written, and the Japanese half of each description.
"""

import json
import sys
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kpicli.cli.shared.schema_file import schema_text

Schema = Mapping[str, Any]
"""A part of a JSON Schema."""

INTRODUCTION = """\
# 設定の一覧

`kpicli.toml` に書けるすべての表とキーです。`kpicli schema` と同じ定義から作っているので、
プログラムと食い違うことはありません。エディターで補完するには、`kpicli init` が書く
`kpicli.schema.json` を使います。例と詳しい説明は[英語のページ](../settings.md)に、
よくある指標の例は[指標の作り方](cookbook.md)にあります。

- 日本語のキーは引用符で囲みます: `"不満" = ["苦情"]`
- `〈名前〉` には、自分で決めた名前か、出力・列・値の名前を書きます。
- 内蔵の同じ名前の表に書き足すには、`extends = true` と、変えるキーだけを書きます。
- 「必須」のないキーは、書かなくても構いません。
"""
PLAIN = {
    "string": "文字列",
    "integer": "整数",
    "number": "数",
    "boolean": "`true` か `false`",
    "object": "表",
    "array": "一覧",
}
FORMATS = {"date": "日付", "time": "時刻"}
COMMON = (
    ("すべての指標に共通のキー", "どの測り方にも書けます。"),
    ("出力を数える指標に共通のキー", "ほかの指標から作る指標には書けません。"),
)
"""Heading and words of what all KPIs share, and of what those share that count a source."""
NAMELESS = {"missing": "条件", "days_between": "ほかの列から作る列の `from`"}
"""The headings of tables that the schema has no name for, by a key that each has."""


def main(arguments: list[str]) -> int:
    """Write the page into the folder that is named; return 2 where none is."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python tools/settings_page.py FOLDER\n")
        return 2
    target = Path(arguments[0]) / "ja" / "settings.md"
    target.write_text(page(json.loads(schema_text())), encoding="utf-8", newline="\n")
    return 0


def page(schema: Schema) -> str:
    """Return the page as Markdown: the keys of the file, then each table where it first stands."""
    titles, models = headings(schema), schema["$defs"]
    kinds = [name for name in titles if "measure" in models[name]["properties"]]
    everywhere = shared(models, kinds)
    counted = shared(models, [n for n in kinds if "source" in models[n]["properties"]]) - everywhere
    parts = [INTRODUCTION, "## ファイルの初めに\n", table(schema, titles), ""]
    for name, title in titles.items():
        model = models[name]
        if name == kinds[0]:
            for (heading, words), keys in zip(COMMON, (everywhere, counted), strict=True):
                parts += [f"## {heading}\n", f"{words}\n", table(only(model, keys), titles), ""]
        if name in kinds:
            model = only(model, set(model["properties"]) - everywhere - counted)
        parts += [f"## {title}\n", table(model, titles), ""]
    for key, heading in NAMELESS.items():
        parts += [f"## {heading}\n", table(nameless(schema, key), titles), ""]
    return "\n".join(parts).rstrip("\n") + "\n"


def nameless(schema: Schema, key: str) -> Schema:
    """Return one table of all keys that stand beside a key, and in place of its table."""
    waiting: deque[Any] = deque([schema])
    while waiting:
        part = waiting.popleft()
        if isinstance(part, dict):
            tables = [c["properties"] for c in (part, *choices(part)) if "properties" in c]
            if any(key in keys for keys in tables):
                return {"properties": {k: own for keys in tables for k, own in keys.items()}}
        waiting.extend(part.values() if isinstance(part, dict) else part)
        while waiting and not isinstance(waiting[0], dict | list):
            waiting.popleft()
    raise KeyError(key)


def shared(models: Schema, names: list[str]) -> set[str]:
    """Return the keys that all these tables have, but for the one that tells them apart."""
    return set.intersection(*(set(models[name]["properties"]) for name in names)) - {"measure"}


def only(model: Schema, keys: set[str]) -> Schema:
    """Return a table with some of its keys alone."""
    kept = {key: own for key, own in model["properties"].items() if key in keys}
    return {**model, "properties": kept}


def headings(schema: Schema) -> Mapping[str, str]:
    """Return the heading of each table: the path under which it is first written, and its kind."""
    titles: dict[str, str] = {}
    waiting = deque((f"{key}", own) for key, own in schema["properties"].items())
    while waiting:
        path, part = waiting.popleft()
        for name, below in referred(path, part):
            if name in titles:
                continue
            model: Schema = schema["$defs"][name]
            titles[name] = title(f"`{below}`", model, set(titles.values()))
            waiting.extend((f"{below}.{key}", own) for key, own in model["properties"].items())
    return titles


def title(path: str, model: Schema, taken: set[str]) -> str:
    """Return a heading: the path of a table, its kind, and a key of it where that alone differs."""
    keys = model["properties"]
    kinds = [(key, values(keys[key])) for key in ("measure", "kind") if key in keys]
    told = "".join(f' ({key} = "{chosen}")' for key, (chosen, *_) in kinds)
    own = "".join(f" (`{key}` のある表)" for key in model.get("required", ()) if key == "from")
    return f"{path}{told}{own if path in taken else ''}"


def referred(path: str, part: Schema) -> Iterator[tuple[str, str]]:
    """Give every table that a key may hold, with the path at which it stands."""
    if "$ref" in part:
        yield part["$ref"].rpartition("/")[2], path
    if isinstance(part.get("additionalProperties"), dict):
        yield from referred(f"{path}.〈名前〉", part["additionalProperties"])
    if isinstance(part.get("items"), dict):
        yield from referred(path, part["items"])
    for choice in choices(part):
        yield from referred(path, choice)


def choices(part: Schema) -> list[Schema]:
    """Return what a key may hold one of; of a table that extends another, the whole one."""
    whole = [part["else"]] if "else" in part else []
    return [*part.get("anyOf", []), *part.get("oneOf", []), *whole]


def values(part: Schema) -> list[str]:
    """Return the only values that a text may have."""
    if "const" in part:
        return [str(part["const"])]
    return [*map(str, part.get("enum", [])), *(v for c in choices(part) for v in values(c))]


def table(model: Schema, titles: Mapping[str, str]) -> str:
    """Return a table of all keys of a table of the settings."""
    lines = ["| キー | 書くもの | 内容 |", "|---|---|---|"]
    required = model.get("required", ())
    for key, own in model["properties"].items():
        words = own.get("description", "").partition(" / ")[0]
        need = " **必須**" if key in required else ""
        lines.append(f"| `{key}`{need} | {written(own, titles)} | {escaped(words)} |")
    return "\n".join(lines)


def written(part: Schema, titles: Mapping[str, str]) -> str:
    """Return in Japanese what may be written for a key."""
    if "$ref" in part:
        heading = titles[str(part["$ref"]).rpartition("/")[2]]
        return f"表 {heading.partition(' (')[0]}"
    if allowed := values(part):
        return " ".join(f"`{value}`" for value in allowed)
    if kinds := [choice for choice in choices(part) if choice.get("type") != "null"]:
        return either([written(choice, titles) for choice in kinds])
    if isinstance(part.get("additionalProperties"), dict):
        below = written(part["additionalProperties"], titles)
        return below if below.startswith(("表 ", "表「")) else f"表(名前 = {below})"
    if "properties" in part:
        named = [heading for key, heading in NAMELESS.items() if key in part["properties"]]
        return f"表「{''.join(named)}」" if named else "表"
    if isinstance(part.get("items"), dict):
        return f"{written(part['items'], titles)}の一覧"
    types = [part["type"]] if isinstance(part.get("type"), str) else part.get("type", [])
    words = FORMATS.get(part.get("format", ""), "か".join(PLAIN[kind] for kind in types))
    least, most = part.get("minimum"), part.get("maximum")
    if least is not None and most is not None:
        return f"{words}({least}〜{most})"
    return words if least is None else f"{words}({least} 以上)"


def either(words: list[str]) -> str:
    """Return what may be written one of; a list of what may stand alone is told in brief."""
    alone = list(dict.fromkeys(word for word in words if not word.endswith("の一覧")))
    known = {part for word in alone for part in word.split("か")}
    lists = [word for word in words if word.endswith("の一覧")]
    brief = [word for word in lists if set(word.removesuffix("の一覧").split("か")) <= known]
    told = "か".join(dict.fromkeys([*alone, *(word for word in lists if word not in brief)]))
    return f"{told}、またはその一覧" if brief else told


def escaped(words: str) -> str:
    """Return words for a cell of a table."""
    return words.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

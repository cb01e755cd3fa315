"""The traps that are text files, or claim to be."""

HEADER = "受付番号,受付日,商品区分,声の区分,内容"
ROWS = ("V1,2025/4/1,生保,感謝,あ", "V2,2025/5/2,損保,不満,い", "V3,2025/10/1,生保,要望,う")
"""Three voices, the third after the half: where nothing is wrong, 2025H1 has two."""


def text(*lines: str, end: str = "\n") -> str:
    """Return the lines as a text in which every line is ended."""
    return "".join(line + end for line in lines)


PLAIN = text(HEADER, *ROWS)
VENDOR = text(HEADER, *ROWS[:2], "V3,2025/10/1,生保,要望,①㈱髙ソ表")
KANA = text(HEADER, "V1,2025/4/1,生保,感謝,ｹｶﾞ", *ROWS[1:])


def with_rows(*rows: str) -> bytes:
    """Return a UTF-8 export of other rows."""
    return text(HEADER, *rows).encode()


def _encodings() -> dict[str, bytes]:
    utf8, cp932 = PLAIN.encode(), VENDOR.encode("cp932")
    line = len(text(HEADER, ROWS[0]).encode())
    return {
        "cp932-vendor-signs.csv": cp932,
        "utf8-bad-byte.csv": utf8[: line + 3] + b"\xff" + utf8[line + 3 :],
        "cp932-bad-byte.csv": cp932.replace("い".encode("cp932"), b"\xfd"),
        "cp932-0x80.csv": cp932.replace("い".encode("cp932"), b"\x80"),
        "utf8-surrogate.csv": utf8.replace("い".encode(), b"\xed\xa0\x80"),
        "utf8-cut.csv": utf8[:-2],
        "utf8-then-cp932.csv": utf8 + "V4,2025/6/1,損保,不満,え\n".encode("cp932"),
        "iso2022jp.csv": PLAIN.encode("iso2022_jp"),
        "iso2022jp-half-width.csv": KANA.encode("iso2022_jp_ext"),
        "iso2022jp-cut.csv": PLAIN.encode("iso2022_jp")[:-5],
        "euc-jp.csv": PLAIN.encode("euc_jp"),
        "utf16-mark.csv": b"\xff\xfe" + PLAIN.encode("utf-16-le"),
        "utf16-le-no-mark.csv": PLAIN.encode("utf-16-le"),
        "utf16-be-no-mark.csv": PLAIN.encode("utf-16-be"),
        "utf16-odd.csv": b"\xff\xfe" + PLAIN.encode("utf-16-le")[:-1],
        "utf8-mark.csv": b"\xef\xbb\xbf" + utf8,
        "mark-then-cp932.csv": b"\xef\xbb\xbf" + cp932,
        "two-marks.csv": b"\xef\xbb\xbf" * 2 + utf8,
        "joined-exports.csv": (
            b"\xef\xbb\xbf" + utf8 + b"\xef\xbb\xbf" + with_rows("V4,2025/6/1,損保,不満,え")
        ),
        "row-with-mark.csv": with_rows("\ufeffV1,2025/4/1,生保,感謝,あ", *ROWS[1:]),
    }


def _headers() -> dict[str, bytes]:
    titles = text("お客様の声 一覧", "出力日,2025/10/2", "")
    return {
        "sep-line.csv": b"sep=,\r\n" + PLAIN.encode("cp932"),
        "sep-line-semicolon.csv": ("sep=;\n" + PLAIN.replace(",", ";")).encode(),
        "mark-and-sep-line.csv": b"\xef\xbb\xbf" + ("sep=,\n" + PLAIN).encode(),
        "tabs.csv": PLAIN.replace(",", "\t").encode(),
        "titles.csv": (titles + PLAIN).encode(),
        "titles-then-short-row.csv": (titles + PLAIN + "V4,2025/6/1\n").encode(),
        "header-too-deep.csv": ("題\n" * 60 + PLAIN).encode(),
        "header-twice.csv": text(HEADER + ",受付日", ROWS[0] + ",2025/4/2").encode(),
        "header-by-two-names.csv": text(HEADER + ",区分", ROWS[0] + ",不満").encode(),
        "unread-header-twice.csv": text(
            HEADER + ",メモ,メモ", *(r + ",a,b" for r in ROWS)
        ).encode(),
        "header-with-spaces.csv": PLAIN.replace("受付番号", " 受付番号\u3000").encode(),
        "header-in-full-width.csv": PLAIN.replace("受付番号", "受付Ｎｏ").encode(),
        "header-in-quotes-broken.csv": ('"受付番号,受付日,商品区分\n' + text(*ROWS)).encode(),
        "no-header.csv": text(*ROWS).encode(),
        "renamed-key.csv": PLAIN.replace("受付番号", "受付番号(新)").encode(),
        "header-only.csv": text(HEADER).encode(),
        "header-only-no-line-end.csv": HEADER.encode("cp932"),
        "empty.csv": b"",
        "mark-only.csv": b"\xef\xbb\xbf",
        "blank-lines.csv": b"\r\n \r\n",
    }


def _structure() -> dict[str, bytes]:
    return {
        "row-too-long.csv": with_rows(ROWS[0], ROWS[1] + ",x", ROWS[2]),
        "row-too-short.csv": with_rows(ROWS[0], "V2,2025/5/2,損保", ROWS[2]),
        "blank-surplus.csv": with_rows(ROWS[0] + ",,", ROWS[1] + ", ", ROWS[2]),
        "total-row.csv": with_rows(*ROWS, "合計,3"),
        "empty-lines.csv": with_rows(ROWS[0], "", *ROWS[1:], "", ""),
        "unclosed-quote.csv": with_rows(ROWS[0], 'V2,"2025/5/2,損保,不満,い', ROWS[2]),
        "unclosed-last-cell.csv": with_rows(ROWS[0], 'V2,2025/5/2,損保,不満,"い', ROWS[2]),
        "text-after-quote.csv": with_rows(ROWS[0], 'V2,"2025/5/2"x,損保,不満,い', ROWS[2]),
        "backslash-quote.csv": with_rows(ROWS[0], 'V2,2025/5/2,損保,不満,"い\\"う"', ROWS[2]),
        "quote-in-cell.csv": with_rows(ROWS[0], 'V2,2025/5/2,損保,不満,い"う"え', ROWS[2]),
        "line-break-in-cell.csv": with_rows(
            ROWS[0], 'V2,2025/5/2,損保,不満,"い\r\n\n""う"', ROWS[2]
        ),
        "nul.csv": PLAIN.encode().replace("い".encode(), b"\0"),
        "old-mac.csv": text(HEADER, *ROWS, end="\r").encode(),
        "mixed-line-ends.csv": PLAIN.replace("あ\n", "あ\r\n").replace("い\n", "い\r").encode(),
        "control-z.csv": PLAIN.encode("cp932") + b"\x1a",
        "odd-line-signs.csv": PLAIN.replace("い", "い\u2028\x0b\x0c\x85").encode(),
    }


def _cells() -> dict[str, bytes]:
    wrong_days = ("2025/9/31", "令和7年2月29日", "2025041", "7/4/1", "4月1日", "平成35年4月1日")
    return {
        "no-such-days.csv": with_rows(
            ROWS[0], *(f"W{n},{day},生保,感謝," for n, day in enumerate(wrong_days))
        ),
        "serial-days.csv": with_rows("V1,45748,生保,感謝,", "V2,45931,生保,感謝,"),
        "saved-by-excel.csv": with_rows(*ROWS, "1.23E+11,2025/6/1,生保,感謝,"),
        "wrapped-id.csv": with_rows(
            '"=""00123""",2025/4/1,生保,感謝,', "00123,2025/4/1,生保,感謝,"
        ),
        "zeros-matter.csv": with_rows("00123,2025/4/1,生保,感謝,", "123,2025/4/1,生保,感謝,"),
        "na-is-an-id.csv": with_rows("NA,2025/4/1,生保,感謝,", "null,2025/4/1,生保,感謝,"),
        "unknown-code.csv": with_rows(*ROWS, "V4,2025/6/1,損保,お叱り,"),
        "blank-code.csv": with_rows(*ROWS, "V4,2025/6/1,損保,,"),
        "blank-key.csv": with_rows(*ROWS, ",2025/6/1,損保,不満,"),
        "blank-date.csv": with_rows(*ROWS, "V4,,損保,不満,"),
        "same-key-other-content.csv": with_rows(*ROWS, "V1,2025/6/1,損保,不満,"),
        "same-row-twice.csv": with_rows(*ROWS, ROWS[0]),
        "hidden-signs-in-code.csv": with_rows("V1,2025/4/1,生\u200b保,\ufeff感謝\u3000,", ROWS[1]),
        "piled-up-marks.csv": with_rows(*ROWS, f"V4,2025/6/1,損保,{'゛̖́' * 4000},"),
        "hostile-teams.csv": text(
            "受付番号,受付日,声の区分,チーム",
            "V1,2025/4/1,感謝,=HYPERLINK(1)",
            "V2,2025/4/1,感謝,+1",
            "V3,2025/4/1,感謝,-1",
            "V4,2025/4/1,感謝,@SUM(A1)",
            'V5,2025/4/1,感謝,"\t=1"',
            'V6,2025/4/1,感謝,"\r=2"',
            "V7,2025/4/1,感謝,\x1b[2J\x1b]0;x\x07",
            "V8,2025/4/1,感謝,\u202eb<script>|`",
        ).encode(),
    }


def text_traps() -> dict[str, bytes]:
    """Return the text files by name."""
    return {**_encodings(), **_headers(), **_structure(), **_cells()}

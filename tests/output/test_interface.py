from kpicli.output.formats import FORMATS


def test_a_file_of_csv_is_for_excel() -> None:
    """A file of csv or tsv begins with a byte-order mark; any other text is bare UTF-8."""
    marked = [name for name, form in FORMATS.items() if form.as_file("声\n")[:1] == b"\xef"]
    assert marked == ["csv", "tsv"]
    assert FORMATS["csv"].as_file("声\n") == b"\xef\xbb\xbf" + "声\n".encode()
    assert FORMATS["json"].as_file("声\n") == "声\n".encode()


def test_bytes_stay_as_they_are() -> None:
    """What is finished is not touched."""
    assert FORMATS["xlsx"].as_file(b"PK") == b"PK"

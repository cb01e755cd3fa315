"""What is said of a file whose structure breaks: the line, and what to do."""

from support.exact_texts import refused


def test_an_unclosed_quote_is_told_by_the_line_where_it_opens() -> None:
    """The line is the one where the quote opens, whatever it swallows after it."""
    assert (
        refused('V1,a,"x\ny"\nV2,b,"c\nV3,c,d\nV4,d,e\n')
        == "v.csv: the quote that opens on line 4 is never closed"
    )


def test_text_after_a_closing_quote_is_told_with_both_lines() -> None:
    """The message names the line of the text and the line where the quoted cell opens."""
    assert (
        refused('V1,a,b\nV2,"2"x,b\n')
        == "v.csv: text follows a closing quote on line 3 (the quoted cell opens on line 3)"
    )
    assert (
        refused('V1,a,"b\nV2,b,c\nV3,"d",e\n')
        == "v.csv: text follows a closing quote on line 4 (the quoted cell opens on line 2)"
    )


def test_a_nul_byte_is_told_by_its_line() -> None:
    """A NUL byte is no text: the line is named and UTF-16 suspected."""
    assert refused("V1,a,b\r\nV2,\0,c\r\n") == "v.csv: line 3 holds a NUL byte"

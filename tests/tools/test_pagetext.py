"""The text of a page: the same however its template is indented, and different where a reader would
see it.
"""

import pytest

from tools.pagetext import page_text

PAGE = '<ul><li><a href="/a/" class="x">One <b>word</b></a>, two</li><li title="T">Three</li></ul>'


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(PAGE, id="as it was"),
        pytest.param(
            PAGE.replace("><li", ">\n\n    <li").replace("</ul>", "\n</ul>"), id="indented"
        ),
        pytest.param(PAGE.replace("One ", "\n  One\n  "), id="broken where a blank was"),
        pytest.param(PAGE.replace('class="x"', 'class="y z"'), id="another class"),
        pytest.param(PAGE.replace("<ul>", "<!-- why --><ul>"), id="a comment"),
    ],
)
def test_what_a_reader_does_not_see_makes_no_difference(html):
    assert page_text(html).splitlines() == [
        "One word, two",
        "  <a href=/a/>",
        "Three",
        "  <li title=T>",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Three", "Four", id="a word"),
        pytest.param("word</b>", "word </b>x", id="a word more"),
        pytest.param("</a>, two", "</a> , two", id="a blank between words"),
        pytest.param("/a/", "/b/", id="where a link leads"),
        pytest.param('title="T"', 'title="U"', id="a title"),
        pytest.param(' title="T"', "", id="no title"),
        pytest.param("</li><li", " <i", id="one block less"),
    ],
)
def test_what_a_reader_meets_makes_a_difference(old, new):
    assert old in PAGE
    assert page_text(PAGE.replace(old, new)) != page_text(PAGE)


def test_attributes_come_in_one_order():
    assert page_text('<img alt="x" src="y">') == page_text('<img src="y"  alt="x">')


def test_a_japanese_or_no_break_space_stays():
    assert page_text("<p>10\u00a0% と\u3000円 </p>") == "10\u00a0% と\u3000円\n"


def test_preformatted_text_keeps_its_lines():
    assert page_text("<pre>a  b\n  c</pre>") == "a  b\n  c\n"


def test_linked_data_is_compared_as_data():
    script = '<script type="application/ld+json">{}</script>'
    one, other = script.format('{"a": 1, "b": 2}'), script.format('{\n "b": 2,\n "a": 1}')
    assert page_text(one) == page_text(other) != page_text(script.format('{"a": 1, "b": 3}'))


def test_tokens_are_left_out():
    form = '<form><input name="csrfmiddlewaretoken" value="{}"><input name="q" value="{}"></form>'
    assert page_text(form.format("x", "1")) == page_text(form.format("y", "1"))
    assert page_text(form.format("x", "1")) != page_text(form.format("x", "2"))

"""Reports and their charts: whole markup, nothing loaded, everything escaped, the values in their places."""

import base64
import re
from html.parser import HTMLParser
from xml.parsers import expat

import golden
import numpy as np
import pytest
from golden import check_golden
from hypothesis import example, given, settings
from hypothesis import strategies as st
from permafrost_mapper.core.about import NAME, VERSION
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.publish.steps import Step
from permafrost_mapper.core.reports import charts
from permafrost_mapper.core.reports.combined import (
    CombinedReport,
    each_sentence_once,
    in_order,
    read_chapter,
    step_sentences,
)
from permafrost_mapper.core.reports.combinereports import (
    Combination,
    CombinationFigures,
    MapSummary,
    report_combinereports,
)
from permafrost_mapper.core.reports.numbers import area, fixed
from permafrost_mapper.core.reports.report import Report
from permafrost_mapper.core.reports.wording import layer_in_words, predictors_in_words

EVIL = "<script>alert('1 & 2')</script>"
NAN = float("nan")
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """Follows the tags of a page, holds that they are balanced, and gathers elements and texts."""

    def __init__(self, html):
        super().__init__()
        self.open, self.elements, self.texts = [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        assert "svg" in self.open, f"<{tag}/> closes itself only inside of SVG"
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.texts.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def parsed(chart):
    """Parse a chart as XML; give its elements as (tag, attributes) and its texts."""
    elements, texts = [], []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: elements.append((tag, attributes))
    parser.CharacterDataHandler = texts.append
    parser.Parse(chart, True)
    return elements, texts


def attributes(chart, tag, name):
    return [float(found[name]) for element, found in parsed(chart)[0] if element == tag and name in found]


def every_chart(label):
    line = charts.Series(label, [0, 1, 2], [3.0, NAN, 5.0])
    return {
        "bars": charts.bars([(label, 3.5, "#123456"), ("lake", NAN, "#654321")], label, label),
        "matrix": charts.matrix([[45, 15], [25, 15]], [label, "b"], label),
        "intervals": charts.intervals([(label, 0.5, 0.4, 0.6), ("none", NAN, NAN, NAN)], label, label),
        "scatter": charts.scatter([1.0, 2.0, NAN], [1.5, 2.5, 3.0], label, label, label),
        "lines": charts.lines([line, charts.Series("points", [0.5], [4.0], points=True)], label, label, label),
        "image": charts.image(b"\x89PNG", 40, 20, label, [(label, "#ffffff")]),
    }


def full_report():
    report = Report(EVIL, EVIL)
    report.notice("SIMULATED DATA " + EVIL)
    report.key_figures([("Kappa", 0.7372, EVIL), ("Cells", 2653, ""), ("Area", NAN, "km²")])
    report.section(EVIL)
    report.section("Regions", 3)
    report.paragraph(EVIL)
    report.table(["Class", EVIL], [("permafrost", 0.93062), (EVIL, None), ("cells", np.int64(12345))], EVIL)
    report.table(["Name", "Text"], [("a", True)], "Second.", align="ll")
    for chart in every_chart(EVIL).values():
        report.figure(chart, EVIL)
    report.methods(EVIL)
    report.parameters({"RK_VALUE": 0.8, EVIL: EVIL})
    report.references(["Cohen (1960), doi:10.1177/001316446002000104.", EVIL])
    return report.html("2025-06-01T12:00:00Z")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.73724, 3, "0.737"),
        (-0.02459, 3, "−0.025"),
        (-0.0001, 2, "0.00"),
        (2653, 0, "2653"),
        (217500.4, 0, "217\u202f500"),
        (-1234567.891, 1, "−1\u202f234\u202f567.9"),
        (9999.9, 0, "10\u202f000"),
        (NAN, 3, "undefined"),
        (None, 3, "undefined"),
        (np.float32(0.5), 1, "0.5"),
    ],
)
def test_number(value, digits, text):
    assert fixed(value, digits) == text


def test_report_is_whole_html():
    html = full_report()
    assert html.startswith("<!DOCTYPE html>")
    page = Page(html)
    assert page.elements[0] == ("html", {"lang": "en"})
    assert [tag for tag, _ in page.elements if tag in ("h1", "main", "footer", "title")].count("h1") == 1


def test_report_escapes_every_text():
    html = full_report()
    assert "<script" not in html
    page = Page(html)
    assert page.all("script") == []
    # Title, subtitle, notice, hint, heading, paragraph, table head, cell and caption, ... are all shown as written.
    assert "".join(page.texts).count(EVIL) >= 25


def test_report_loads_nothing():
    page = Page(full_report())
    assert {"script", "link", "img", "iframe", "object", "embed", "use"}.isdisjoint(tag for tag, _ in page.elements)
    for tag, found in page.elements:
        for name, value in found.items():
            if name in ("src", "href", "xlink:href", "srcset", "action", "poster"):
                assert (tag == "a" and value.startswith("https://doi.org/")) or value.startswith(
                    "data:image/png;base64,"
                )
            assert not name.startswith("on")
    style = re.search(r"<style>(.*?)</style>", full_report(), re.DOTALL).group(1)
    assert "url(" not in style
    assert "@import" not in style
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy


def test_report_holds_the_values():
    page = Page(full_report())
    texts = set(page.texts)
    assert {"0.737", "2653", "undefined", "0.931", "12\u202f345", "True", "0.8", "SIMULATED DATA " + EVIL} <= texts
    assert {"Table 1.", "Table 2.", "Figure 1.", "Figure 6."} <= texts
    assert page.all("time") == [{"datetime": "2025-06-01T12:00:00Z"}]
    assert any(f"{NAME} {VERSION}" in text for text in texts)


def test_numbers_of_a_table_stand_right():
    report = Report("Areas")
    report.table(["Class", "km²"], [("Permafrost", 1.0)])
    page = Page(report.html("2025-06-01"))
    assert [found.get("class") for found in page.all("th")] == [None, "right", None]
    assert page.all("td") == [{"class": "right"}]


@pytest.mark.parametrize(
    "source",
    [
        "Cohen (1960), doi:10.1177/001316446002000104.",
        "Cohen (1960). https://doi.org/10.1177/001316446002000104",
        "Cohen (1960; DOI: 10.1177/001316446002000104), and more",
    ],
)
def test_a_doi_becomes_a_link(source):
    report = Report("References")
    report.references([source])
    page = Page(report.html("2025-06-01"))
    assert page.all("a") == [{"href": "https://doi.org/10.1177/001316446002000104"}]
    assert "doi:10.1177/001316446002000104" in page.texts
    assert not any("doi.org" in text for text in page.texts)


@pytest.mark.parametrize("name", every_chart(""))
def test_charts_are_xml_with_a_title_and_no_text_of_others(name):
    elements, texts = parsed(every_chart(EVIL)[name])
    assert elements[0][0] == "svg"
    assert elements[0][1]["role"] == "img"
    assert elements[1][0] == "title"
    assert texts[0] == EVIL
    assert not any(tag == "script" for tag, _ in elements)
    assert not any(value in ("nan", "inf") for _, found in elements for value in found.values())


@pytest.mark.parametrize("name", every_chart(""))
def test_charts_stay_inside_their_frame(name):
    elements, _ = parsed(every_chart("Eastern Tien Shan, northern slope and its foreland")[name])
    width, height = map(float, elements[0][1]["viewBox"].split()[2:])
    for _, found in elements:
        for names, limit in ((("x", "x1", "x2", "cx"), width), (("y", "y1", "y2", "cy"), height)):
            assert all(0 <= float(found[key]) <= limit for key in names if key in found)


def test_bars_are_as_long_as_their_values():
    chart = charts.bars(
        [("a", 10.0, charts.BLUE), ("b", 40.0, charts.BLUE), ("c", NAN, charts.BLUE)], "Areas", "km²", 0
    )
    a, b, c = attributes(chart, "rect", "width")
    assert b == pytest.approx(4 * a, abs=0.3)
    assert c == 0
    assert {"10 km²", "40 km²", "undefined"} <= set(parsed(chart)[1])


def test_bars_of_losses_and_gains_start_at_zero():
    chart = charts.bars([("loss", -5.0, charts.BLUE), ("gain", 10.0, charts.BLUE)], "Change")
    (loss, gain), (loss_x, gain_x) = attributes(chart, "rect", "width"), attributes(chart, "rect", "x")
    assert gain == pytest.approx(2 * loss, abs=0.2)
    assert loss_x + loss == pytest.approx(gain_x, abs=0.2)


def test_matrix_shows_counts_shares_and_totals():
    _, texts = parsed(charts.matrix([[1650, 123], [181, 699]], ["permafrost", "other"], "Wenquan"))
    assert {"1650", "123", "181", "699", "62.2 %", "1773", "880", "1831", "822", "2653", "Map", "Reference"} <= set(
        texts
    )


def test_matrix_of_nothing():
    _, texts = parsed(charts.matrix(np.zeros((2, 2), dtype=int), ["a", "b"], "empty"))
    assert texts.count("0") == 9


def test_intervals_lie_where_they_belong():
    chart = charts.intervals([("a", 0.2, 0.1, 0.3), ("b", 0.6, 0.5, 0.7), ("c", NAN, NAN, NAN)], "Kappa", "kappa")
    dots = attributes(chart, "circle", "cx")
    assert len(dots) == 2
    whiskers = [
        (float(found["x1"]), float(found["x2"]))
        for tag, found in parsed(chart)[0]
        if tag == "line" and found["stroke"] == charts.BLUE and found["x1"] != found["x2"]
    ]
    scale = (dots[1] - dots[0]) / 0.4
    np.testing.assert_allclose(whiskers, [(d - 0.1 * scale, d + 0.1 * scale) for d in dots], atol=0.2)
    assert {"0.200 (0.100 to 0.300)", "undefined"} <= set(parsed(chart)[1])


def test_scatter_draws_pairs_on_equal_axes_and_at_most_3000():
    observed = np.array([1.0, 2.0, 4.0, NAN])
    chart = charts.scatter(observed, observed, "Same", "x", "y")
    x, y = attributes(chart, "circle", "cx"), attributes(chart, "circle", "cy")
    assert len(x) == 3
    np.testing.assert_allclose(np.diff(x), -np.diff(y), atol=0.2)
    many = np.linspace(0, 1, 10_000)
    assert len(attributes(charts.scatter(many, many, "Many", "x", "y"), "circle", "cx")) == 3000


def test_lines_break_where_values_are_missing():
    chart = charts.lines([charts.Series("DDT", [1, 2, 3, 4, 5], [1.0, 2.0, NAN, 4.0, 5.0])], "DDT", "year", "°C d")
    (path,) = [found["d"] for tag, found in parsed(chart)[0] if tag == "path"]
    assert path.count("M") == 2
    assert path.count("L") == 2


def test_a_single_series_has_no_legend():
    one, other = charts.Series("Terra", [1, 2], [1.0, 2.0]), charts.Series("Aqua", [1, 2], [2.0, 3.0])
    assert "Terra" not in parsed(charts.lines([one], "DDT", "x", "y"))[1]
    assert {"Terra", "Aqua"} <= set(parsed(charts.lines([one, other], "DDT", "x", "y"))[1])


def test_image_holds_the_picture_and_its_legend():
    picture = bytes(range(256))
    elements, texts = parsed(charts.image(picture, 200, 100, "Map", [("Glacier", "#aaccff"), ("Lake", "#0000ff")]))
    (shown,) = [found for tag, found in elements if tag == "image"]
    assert base64.b64decode(shown["href"].partition("base64,")[2]) == picture
    assert float(shown["height"]) == pytest.approx(float(shown["width"]) / 2)
    assert {"Glacier", "Lake"} <= set(texts)


def test_a_map_has_coordinates_and_a_scale():
    frame = charts.Frame([(0.25, "81° E"), (0.75, "82° E")], [(0.5, "38° N")], (0.2, "50 km"))
    elements, texts = parsed(charts.image(b"\x89PNG", 200, 100, "Map", [], frame))
    (shown,) = [found for tag, found in elements if tag == "image"]
    left, width = float(shown["x"]), float(shown["width"])
    at = {found["y1"]: (float(found["x1"]), float(found["x2"])) for tag, found in elements if tag == "line"}
    marks = [(x1, x2) for x1, x2 in at.values()]
    assert {"81° E", "82° E", "38° N", "50 km"} <= set(texts)
    east = [float(found["x1"]) for tag, found in elements if tag == "line" and found["x1"] == found["x2"]][:2]
    np.testing.assert_allclose(east, [left + 0.25 * width, left + 0.75 * width], atol=0.1)
    bar = next(x2 - x1 for x1, x2 in marks if x2 - x1 > 10)
    assert bar == pytest.approx(0.2 * width, abs=0.2)


@settings(deadline=None)
@given(
    st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=20),
    st.floats(-6, 6),
)
@example([5e-324], 0.0)
@example([1e9, 1e9 + 1e-6], 0.0)
def test_axes_have_a_few_round_ticks_for_any_values(values, power):
    y = np.array(values) * 10.0**power
    chart = charts.lines([charts.Series("any", np.arange(len(y)), y)], "any", "x", "y")
    elements, texts = parsed(chart)
    labels = [text for text in texts if re.fullmatch(r"−?[\d\u202f]+(\.\d+)?", text)]
    assert 4 <= len(labels) <= 20
    assert not any("nan" in value or "inf" in value for _, found in elements for value in found.values())


def test_a_long_table_is_folded():
    report = Report("Long")
    report.table(["n"], [(n,) for n in range(60)])
    report.table(["n"], [(n,) for n in range(61)])
    page = Page(report.html("2025-06-01T12:00:00Z"))
    assert [tag for tag, _ in page.elements if tag in ("details", "table")] == ["table", "details", "table"]
    assert "Table of 61 rows" in page.texts


def test_a_report_is_read_as_a_chapter():
    chapter = read_chapter(full_report(), "full.html")
    assert chapter.title == f"{EVIL}: {EVIL}"
    assert chapter.key_figures == (("Kappa", "0.737", EVIL), ("Cells", "2653", ""), ("Area", "undefined", "km²"))
    assert chapter.methods == (EVIL,)
    assert chapter.references == ("Cohen (1960), doi:10.1177/001316446002000104.", EVIL)
    assert "methods section" not in chapter.body
    assert "References" not in chapter.body


def test_chapters_are_numbered_through_and_nothing_is_lost():
    combined = CombinedReport("Both")
    chapters = [read_chapter(full_report(), "full.html")] * 2
    combined.table(["a"], [("b",)], "Before.")
    for chapter in chapters:
        combined.chapter(chapter)
        combined.references(chapter.references)
    html = combined.html("2025-06-01T12:00:00Z")
    page = Page(html)
    figures = len(every_chart(""))
    assert re.findall(r"<b>Table (\d+)\.</b>", html) == ["1", "2", "3", "4", "5"]
    assert re.findall(r"<b>Figure (\d+)\.</b>", html) == [str(n + 1) for n in range(2 * figures)]
    # Title, two chapters with a section, a deeper one, parameters and references each.
    assert [tag for tag, _ in page.elements if tag in ("h1", "h2", "h3", "h4")] == [
        "h1",
        *2 * ["h2", "h3", "h4", "h3", "h2"],
    ]
    assert "<script" not in html
    assert html.count("https://doi.org/10.1177/001316446002000104") == 2


def test_a_sentence_that_was_said_is_not_said_again():
    texts = ["Each scene was filled. The RMSE of a was 0.73 K.", "Each scene was filled. The RMSE of b was 0.70 K."]
    assert each_sentence_once(texts) == "Each scene was filled. The RMSE of a was 0.73 K. The RMSE of b was 0.70 K."


def test_steps_without_a_report_have_a_sentence():
    steps = [
        Step("ttop.tif", "permafrost:ttop", "", {"DAYS": "365"}),
        Step("elsewhere.tif", "other:warp", "", {}),
        Step("map.tif", "permafrost:classify", "", {}),
    ]
    (first, ttop), (second, classes) = step_sentences(steps)
    assert (first, second) == ("ttop", "classify")
    assert "with P = 365 days" in ttop
    assert "a TTOP of unknown °C" in classes
    plain, corrected = (
        step_sentences([Step("ddt.tif", "permafrost:degreedays", "", {"RESIDUAL_VARIANCE": value})])
        for value in ("false", "true")
    )
    assert len(plain) == 1
    assert corrected[0] == plain[0]
    assert "residual variance" in corrected[1][1]


def test_steps_are_told_in_words():
    steps = [
        Step("ddt.tif", "permafrost:degreedays", "", {"YEAR_START": "9", "MISSING": "monthly"}),
        Step("ddt.tif", "permafrost:degreedays", "", {"YEAR_START": "13"}),
        Step("rk.tif", "permafrost:rkfactor", "", {"TABLE": "modis_igbp"}),
    ]
    degree_days, strange, r_k = (text for _, text in step_sentences(steps))
    assert "each year from September on (missing days have the mean of their month)" in degree_days
    assert "from an unknown month on" in strange
    assert "(classes of IGBP)" in r_k


def test_the_method_is_told_in_the_order_of_the_method():
    told = [("accuracy", "c"), ("", "d"), ("ttop", "b"), ("filllstgaps", "a"), ("filllstgaps", "a2")]
    assert in_order(told) == ["a", "a2", "b", "c", "d"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("terra_day_2019", "Terra by day, 2019"),
        ("filled_aqua_night", "Aqua by night"),
        ("temporary DDT_MEAN.tif", "of an earlier step"),
        ("OUTPUT", "of an earlier step"),
        ("Tarim lst", "'Tarim lst'"),
    ],
)
def test_layers_are_named_as_readers_know_them(name, words):
    assert layer_in_words(name, "of an earlier step") == words


def test_predictors_are_named_as_readers_know_them():
    assert predictors_in_words(["terra_day", "aqua_night", "elevation"]) == (
        "land surface temperature (Terra by day, Aqua by night), elevation"
    )


@pytest.mark.parametrize("html", ["", "<html><main></main></html>", "<header><h1>x</h1></header>"])
def test_another_page_is_no_chapter(html):
    with pytest.raises(InputError, match=r"'page\.html' is not a report"):
        read_chapter(html, "page.html")


def test_the_combined_report():
    chapters = [read_chapter(small_report(name).html(golden.CREATED), "r.html") for name in ("Model", "Accuracy")]
    steps = [Step("map.tif", "permafrost:classify", "", {"TTOP": "ttop.tif", "THRESHOLD": "0"})]
    summary = MapSummary(65804.0, 47.3, 14.6, "0.04° (4.44 km x 3.29 km)", "2019", (51230.0, 80991.0))
    references = ("Smith, M. W. & Riseborough, D. W. (2002): doi:10.1002/ppp.410",)
    combined = CombinedReport("Permafrost map")
    figures = CombinationFigures({"The permafrost map.": "<svg></svg>", "Probability.": "<svg></svg>"})
    report_combinereports(combined, Combination(chapters, steps, references, summary), figures)
    check_golden("combinereports", combined)


def test_the_combined_report_begins_with_area_kappa_period_and_cell():
    chapters = [read_chapter(small_report(name, of).html(""), "r.html") for name, of in KAPPAS]
    summary = MapSummary(65804.0, 47.3, 14.6, "0.04°", "2019", (51230.0, 80991.0))
    combined = CombinedReport("Permafrost map")
    report_combinereports(combined, Combination(chapters, summary=summary), CombinationFigures())
    first = read_chapter(combined.html(""), "all.html").key_figures[:4]
    assert first == (
        (
            "Area of permafrost",
            "66\u202f000 km²",
            "90 % interval 51\u202f000 to 81\u202f000 km² (ensemble); 47 % of the mapped area",
        ),
        ("Kappa", "0.71", "accuracy"),
        ("Period", "2019", "of the degree days"),
        ("Cell", "14.6 km²", "0.04°"),
    )


KAPPAS = (("Boreholes", "boreholes"), ("Accuracy", "accuracy"))


def small_report(name, algorithm=""):
    """A report with a key figure, a table, methods and a reference."""
    report = Report(name, algorithm=algorithm)
    report.key_figures([("Kappa", "0.71", algorithm), ("Cells", 2653, "")], headline="Kappa")
    report.section("Results")
    report.table(["Region", "Kappa"], [("all", 0.737)], "By region.")
    report.methods(f"All cells were used. {name} was assessed.")
    report.references(["Cohen, J. (1960): doi:10.1177/001316446002000104"])
    return report


PAGE = "<header><h1>Title</h1></header><main>\n{}\n</main>"


@pytest.mark.parametrize(
    "markup",
    [
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
        '<form action="https://example.org"><p>Password</p></form>',
        "<script>alert(1)</script>",
        '<IFRAME src="https://example.org">',
        "<!-- x -->",
        "<",
        '<p><a href="https://example.org">here</a></p>',
        "<p><a HREF = 'https://doi.org/10.1234/a'>here</a></p>",
        '<svg><image href="https://example.org/a.png"/></svg>',
    ],
)
def test_markup_that_no_report_has_is_refused(markup):
    assert read_chapter(PAGE.format("<p>A report</p>"), "page.html").body == "<p>A report</p>"
    with pytest.raises(InputError, match=r"'page\.html' holds .* so it has been changed"):
        read_chapter(PAGE.format(f"<p>A report</p>{markup}"), "page.html")


NESTED = {
    "headers": lambda n: "<header><h1>" * n + "</h1><p>" * n + "</p>" * n,
    "mains": lambda n: PAGE.format("<main>\n" * n),
    "cards": lambda n: PAGE.format("<div><dt>" * n + '</dt><dd class="value">' * n + '</dd><dd class="hint">' * n),
    "methods": lambda n: PAGE.format("<h2>For the methods section</h2>\n<blockquote>" * n),
    "references": lambda n: PAGE.format("<h2>References</h2>\n<ol>" * n + "<li>" * n),
    "items": lambda n: PAGE.format("<h2>References</h2>\n<ol>" + "<li>" * n + "<a " * n + "</ol>"),
    "links": lambda n: PAGE.format("<h2>References</h2>\n<ol><li>" + "<a href=" * n + "</li></ol>"),
    "dois": lambda n: PAGE.format("<h2>References</h2>\n<ol><li>" + "10.1234/..." * n + "</li></ol>"),
    "stops": lambda n: PAGE.format("<h2>References</h2>\n<ol><li>" + "doi:10.1234/" + "." * 8 * n + "</li></ol>"),
    "numbers": lambda n: PAGE.format("<b>Table " * n + "1" * n),
    "headings": lambda n: PAGE.format("<h" * n + "<h2>" * n),
}


@pytest.mark.parametrize("markup", NESTED)
def test_markup_of_a_stranger_takes_time_that_grows_with_its_length(markup):
    """A file of 10 kB took half a minute, one of 100 kB eight hours; here 100,000 tags take a second at most."""
    from time import process_time

    html = NESTED[markup](100_000)
    start = process_time()
    try:
        chapter = read_chapter(html, "page.html")
    except InputError:
        chapter = None
    if chapter is not None:
        combined = CombinedReport("Both")
        combined.chapter(chapter)
        combined.references(chapter.references)
        combined.html("2025-06-01T12:00:00Z")
    assert process_time() - start < 3


@pytest.mark.parametrize(
    ("source", "linked"),
    [
        ("A. doi:10.1234/a.b.", 'A. <a href="https://doi.org/10.1234/a.b">doi:10.1234/a.b</a>.'),
        ("(doi:10.1234/a)", '(<a href="https://doi.org/10.1234/a">doi:10.1234/a</a>)'),
        ("10.1234/...", "10.1234/..."),
        (
            "10.1234/a), 10.5678/b",
            '<a href="https://doi.org/10.1234/a">doi:10.1234/a</a>), '
            '<a href="https://doi.org/10.5678/b">doi:10.5678/b</a>',
        ),
    ],
)
def test_a_doi_ends_where_its_sentence_goes_on(source, linked):
    report = Report("Title")
    report.references([source])
    assert f"<li>{linked}</li>" in report.html("")


def test_a_golden_report_fails_where_a_word_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(golden, "FOLDER", tmp_path / "golden")
    report = Report("Areas")
    report.table(["Class", "Area"], [("permafrost", 2)])
    with pytest.raises(pytest.fail.Exception, match="UPDATE_GOLDEN=1"):
        check_golden("areas", report)
    monkeypatch.setenv("UPDATE_GOLDEN", "1")
    check_golden("areas", report)
    monkeypatch.setenv("UPDATE_GOLDEN", "0")
    check_golden("areas", report)
    report.paragraph("One more sentence.")
    with pytest.raises(pytest.fail.Exception, match=r"\+<p>One more sentence"):
        check_golden("areas", report)


@pytest.mark.parametrize(
    ("km2", "cell_km2", "said"),
    [(65804.3, 24.0, "65\u202f800"), (1234.5, 1.02, "1234"), (3.21, 0.0009, "3.21"), (36.0, 24.0, "40")],
)
def test_areas_are_rounded_to_the_cells_that_were_counted(km2, cell_km2, said):
    assert area(km2, cell_km2) == f"{said} km²"


@pytest.mark.parametrize(
    ("km2", "said"),
    [(0.0, "0.00"), (9.99, "9.99"), (9.995, "10.0"), (99.94, "99.9"), (99.95, "100"), (12345.6, "12\u202f346")],
)
def test_areas_have_three_digits_at_least(km2, said):
    assert area(km2) == f"{said} km²"

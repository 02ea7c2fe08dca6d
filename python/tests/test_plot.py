"""Figures are drawn, hold what they should, and no two labels overlap."""

import itertools
import subprocess
import sys
import types

import matplotlib as mpl
import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from scipy import stats

import carestair
from carestair.__main__ import main
from carestair.plot import costs, people, series, style

DRAWN = [
    "picture",
    "residents_by_step",
    "waiting",
    "staff_hours",
    "cost_difference",
    "overflow",
]


def out_of_view(figure):
    """Labels of ticks beyond the limits of their axis exist, but are not drawn."""
    hidden = set()
    for ax in figure.findobj(Axes):
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                if not low <= tick.get_loc() <= high:
                    hidden |= {tick.label1, tick.label2}
    return hidden


def texts_drawn(figure):
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    hidden = out_of_view(figure)
    return [
        (text.get_text(), text.get_window_extent(renderer))
        for text in figure.findobj(mpl.text.Text)
        if text.get_text().strip() and text.get_visible() and text not in hidden
    ]


@pytest.fixture(scope="module")
def single(run, short, tmp_path_factory):
    """A result of one replication."""
    path = tmp_path_factory.mktemp("run") / "single.h5"
    run("run", short, "-o", path, "--replications", "1")
    with carestair.open(path) as opened:
        yield opened


@pytest.mark.parametrize("name", [*DRAWN, "waiting_times"])
def test_figures_are_drawn_without_overlap(result, logged, tmp_path, name):
    figure = getattr(carestair.plot, name)(logged if name == "waiting_times" else result)
    path = tmp_path / "figure.png"
    figure.savefig(path)
    assert path.stat().st_size > 20_000
    assert_no_overlap(figure)


def assert_no_overlap(figure):
    boxes = texts_drawn(figure)
    width, height = figure.get_size_inches() * figure.dpi
    for (a, box_a), (b, box_b) in itertools.combinations(boxes, 2):
        over_x = min(box_a.x1, box_b.x1) - max(box_a.x0, box_b.x0)
        over_y = min(box_a.y1, box_b.y1) - max(box_a.y0, box_b.y0)
        assert over_x <= 1 or over_y <= 2, f"{a!r} and {b!r} overlap"
    for text, box in boxes:
        assert box.x0 > -1, f"{text!r} is cut off"
        assert box.x1 < width + 1, f"{text!r} is cut off"
        assert box.y0 > -1, f"{text!r} is cut off"
        assert box.y1 < height + 1, f"{text!r} is cut off"


@pytest.mark.parametrize("more", ["", ", given at home and in places by day and by night"])
def test_names_of_many_services_do_not_overlap(result, monkeypatch, more):
    total = type(result).total

    def all_differ(self, indicator, by=(), **where):
        values = total(self, indicator, by, **where)
        if (indicator, by) != ("recipients", "service"):
            return values
        # Those of the longest names most.
        longest = [len(titles[str(s)]) for s in values["service"].values]
        scale = xr.DataArray(np.arange(len(self.scenarios)), dims="scenario")
        return values + scale * xr.DataArray(np.array(longest, dtype=float), dims="service")

    titles = people.service_titles(result)
    module = sys.modules["carestair.plot.picture"]
    monkeypatch.setattr(
        module, "service_titles", lambda _: {s: t + more for s, t in titles.items()}
    )
    monkeypatch.setattr(type(result), "total", all_differ)
    figure = carestair.plot.picture(result)
    assert_no_overlap(figure)
    panel = next(ax for ax in figure.findobj(Axes) if "Services with more" in ax.get_title("left"))
    assert len(panel.get_yticks()) == people.MOST_SERVICES


@pytest.mark.parametrize("name", DRAWN)
def test_one_scenario_can_be_picked(result, name):
    figure = getattr(carestair.plot, name)(result, "doubled")
    said = " ".join(text for text, _ in texts_drawn(figure))
    assert "Twice as many" in said
    assert "before compensating" not in said
    assert "seed 7" in said


def test_series_have_the_projection_from_coverage_beside_them(result):
    figure = carestair.plot.staff_hours(result)
    dashed = [line for ax in figure.findobj(Axes) for line in ax.lines if line.is_dashed()]
    projected = carestair.analysis.projected(result, "staff_hours", service="nursing_home")
    expected = series.a_week(projected, series.periods(result)).median("replication")
    assert any(np.allclose(line.get_ydata(), expected) for line in dashed)


def ends_of_lines(figure):
    """Low and high of every horizontal interval drawn, shape (n, 2)."""
    lines = [c for ax in figure.findobj(Axes) for c in ax.collections]
    segments = [s for c in lines if isinstance(c, LineCollection) for s in c.get_segments()]
    return np.array([s[:, 0] for s in segments])


def last_of_bands(figure):
    """Low and high of every band where it ends on the right, shape (n, 2)."""
    found = []
    for ax in figure.findobj(Axes):
        for band in ax.collections:
            if isinstance(band, PolyCollection):
                x, y = band.get_paths()[0].vertices.T
                found.append((y[x == x.max()].min(), y[x == x.max()].max()))
    return np.array(found)


def over_draws(differences, per_draw):
    means = differences.reshape(-1, per_draw, *differences.shape[1:]).mean(axis=1)
    half = stats.t.ppf(0.975, len(means) - 1) * stats.sem(means)
    return means.mean(axis=0) - half, means.mean(axis=0) + half


def test_intervals_of_an_experiment_count_draws(drawn):
    per_draw = drawn.replications_per_draw
    assert 1 < per_draw < drawn.replications
    at = series.periods(drawn)
    cost = series.municipality_bears(drawn) / 1e6
    more = cost.sel(scenario="doubled") - cost.sel(scenario="baseline")
    whole = over_draws(more.sum("time").values, per_draw)
    at_end = over_draws(series.a_year(more, at).isel(period=-1).values, per_draw)
    figure = carestair.plot.cost_difference(drawn)
    np.testing.assert_allclose(last_of_bands(figure), [at_end, whole])
    assert any("over draws" in text for text, _ in texts_drawn(figure))

    figure = carestair.plot.picture(drawn)
    np.testing.assert_allclose(last_of_bands(figure)[-1], at_end)
    users = drawn.total("recipients", by="service").mean("time")
    change = users.sel(scenario="doubled") - users.sel(scenario="baseline")
    shown = ends_of_lines(figure)
    low, high = over_draws(change.transpose("replication", "service").values, per_draw)
    for row in shown:
        assert np.isclose([low, high], row[:, np.newaxis]).all(axis=0).any()
    assert len(shown) > 0
    assert any("over draws" in " ".join(text.split()) for text, _ in texts_drawn(figure))


def test_one_replication_has_no_interval(single):
    figure = carestair.plot.picture(single)
    assert len(last_of_bands(figure)) == len(ends_of_lines(figure)) == 0
    said = " ".join(" ".join(text.split()) for text, _ in texts_drawn(figure))
    assert "no interval" in said
    assert "95 %" not in said
    assert "Difference to the municipality" in said
    figure = carestair.plot.cost_difference(single, "doubled")
    assert len(last_of_bands(figure)) == 0
    said = " ".join(" ".join(text.split()) for text, _ in texts_drawn(figure))
    assert "no bands" in said
    assert "cost to the municipality compared with the baseline" in said
    assert "municipality more" not in said
    assert "municipality less" not in said


@pytest.mark.parametrize("text", ["from $2 to $3", r"$\frac{1$", "100_000 ^ $x_1$"])
def test_dollar_signs_are_no_formulas(result, tmp_path, monkeypatch, text):
    titles = {scenario: f"{scenario} {text}" for scenario in result.scenarios}
    monkeypatch.setattr(type(result), "title", text)
    monkeypatch.setattr(type(result), "scenario_titles", titles)
    services = {service: f"{text} {service}" for service in people.service_titles(result)}
    for module in (people, sys.modules["carestair.plot.picture"]):
        monkeypatch.setattr(module, "service_titles", lambda _: services)
    figures = [carestair.plot.picture(result), carestair.plot.residents_by_step(result)]
    figures += [carestair.plot.waiting(result), carestair.plot.cost_difference(result)]
    for number, figure in enumerate(figures):
        figure.savefig(tmp_path / f"{number}.svg")
        texts = [t for t in figure.findobj(mpl.text.Text) if "$" in t.get_text()]
        assert texts
        assert not any(t.get_parse_math() for t in texts)


def test_settings_of_the_caller_are_left_alone(result):
    before = dict(mpl.rcParams)
    carestair.plot.waiting(result)
    assert dict(mpl.rcParams) == before


def test_notebooks_show_figures(result):
    assert carestair.plot.waiting(result)._repr_png_().startswith(b"\x89PNG")


def test_steps_hold_everybody_with_a_service_once(result):
    people = series.people_by_step(result)
    assert people.dims == ("scenario", "replication", "step", "time")
    np.testing.assert_allclose(people.sum("step"), result.total("recipients_any"), rtol=0.02)


def test_short_runs_are_shown_by_month(result):
    at = series.periods(result)
    assert not at.yearly
    assert (at.names[0], at.names[-1]) == ("Jan 2020", "Dec 2022")
    assert at.days.sum() == result.days
    cost = series.a_year(result.total("cost"), at)
    whole = result.total("cost").sum("time")
    np.testing.assert_allclose((cost * at.days / 365.25).sum("period"), whole)


def test_cost_in_pictures_is_that_of_the_comparison(result):
    at = series.periods(result)
    differences = costs.cost_differences(result, at)
    for scenario in ("doubled", "before_compensating"):
        told = carestair.compare(result, scenario).loc["net_municipality"]
        mean = differences[scenario] @ at.days / at.days.sum()
        assert mean.mean() == pytest.approx(told["difference"], rel=1e-3, abs=1e-4)
        assert mean.std(ddof=1) == pytest.approx(told["sd"], rel=1e-3)
    level = float(series.municipality_bears(result).isel(scenario=0).sum("time").mean())
    assert level / 1e6 / (result.days / 365.25) == pytest.approx(told["baseline"], rel=1e-5)
    figure = carestair.plot.picture(result)
    labels = [ax.get_ylabel() for ax in figure.findobj(Axes)]
    assert any(f"({style.grouped(told['baseline'])})" in label for label in labels)


def test_unknown_scenario_is_named(result):
    with pytest.raises(carestair.ResultError, match="no scenario `x`"):
        carestair.plot.picture(result, "x")


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(5, 40)), min_size=1, max_size=12))
def test_labels_are_pushed_apart_and_no_further(pairs):
    wanted, heights = np.array(pairs).T
    placed = style._spread(wanted, heights, -500.0, 500.0)
    order = np.argsort(placed)
    gaps = np.diff(placed[order]) - (heights[order][:-1] + heights[order][1:]) / 2
    assert (gaps >= -1e-6).all()
    assert (placed - heights / 2).min() >= -500 - 1e-6
    assert (placed + heights / 2).max() <= 500 + 1e-6


@pytest.mark.parametrize(
    ("number", "text"), [(-1234.5, "−1 234.5"), (0.0, "0.0"), (-0.01, "0.0"), (12.34, "+12.3")]
)
def test_numbers_read_as_in_print(number, text):
    assert style.signed(number, 1).replace("\u2009", " ") == text


@pytest.mark.parametrize("name", [*DRAWN, "waiting_times"])
def test_points_of_a_sweep_have_no_mean_to_draw(drawn, monkeypatch, name):
    monkeypatch.setattr(type(drawn), "design", "grid")
    with pytest.raises(carestair.ResultError, match="is a sweep: its points have no mean"):
        getattr(carestair.plot, name)(drawn)


@pytest.mark.parametrize("name", DRAWN)
def test_the_name_of_a_file_is_no_result(name):
    with pytest.raises(TypeError, match="takes an open result, not str"):
        getattr(carestair.plot, name)("outputs/result.h5")


def test_a_choice_takes_two(result, monkeypatch):
    alone = types.SimpleNamespace(strategies=(result.baseline,))
    monkeypatch.setattr("carestair.plot.decision.cost_effectiveness", lambda *_: alone)
    for name in ("ce_plane", "acceptability_curve"):
        with pytest.raises(carestair.ResultError, match="one scenario only"):
            getattr(carestair.plot, name)(result)


def test_a_dozen_scenarios_have_colours_of_their_own():
    many = types.SimpleNamespace(baseline="b", scenarios=("b", *map(str, range(12))))
    colours = style.scenario_colours(many)
    assert len(set(colours.values())) == len(many.scenarios)


def test_scenarios_that_change_nothing_yet_are_drawn(result, monkeypatch):
    total = type(result).total

    def as_the_baseline(self, indicator, by=(), **where):
        values = total(self, indicator, by, **where)
        baseline = values.sel(scenario=[self.baseline] * len(self.scenarios))
        return baseline.assign_coords(scenario=list(self.scenarios))

    monkeypatch.setattr(type(result), "total", as_the_baseline)
    figure = carestair.plot.picture(result)
    assert "No service has more or fewer recipients" in [text for text, _ in texts_drawn(figure)]


def test_picture_from_the_shell(result_file, tmp_path):
    target = tmp_path / "picture.png"
    done = subprocess.run(
        [sys.executable, "-m", "carestair", "picture", result_file, "-o", target],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert target.stat().st_size > 50_000


def test_faults_of_the_user_end_with_2(result_file, tmp_path, capsys):
    other = tmp_path / "other.txt"
    other.write_text("no result at all")
    assert main(["picture", str(other)]) == 2
    assert capsys.readouterr().err == (
        f"error: {other}: is not an HDF5 file\n  name the .h5 file that `carestair run` wrote\n"
    )
    assert main(["picture", str(result_file), "-o", str(tmp_path / "picture.doc")]) == 2
    assert ".png, .pdf, .svg" in capsys.readouterr().err
    assert main(["picture", str(result_file), "--scenario", "x"]) == 2
    assert main(["picture", str(result_file), "-o", str(tmp_path / "no" / "x.png")]) == 3
    with pytest.raises(SystemExit) as caught:
        main(["paint"])
    assert caught.value.code == 2

"""Drawings: the committed files are what the rig draws, plain enough for every reader, and true to the palette."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from drawings.__main__ import FIGURES, main
from drawings.pen import PALETTE, TERRACOTTA, capsule, disc, written
from drawings.people import Look, figure
from drawings.rig import FOREARM, MEDIUM, SHIN, THIGH, UPPER_ARM, Angles, Pose, Reach, joint, skeleton
from drawings.scenes import SCENES
from lbp_content.load import load

ELEMENTS = {"svg", "g", "path"}
ATTRIBUTES = {"viewBox", "d", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"}
every_drawing = pytest.mark.parametrize("name", SCENES)
every_treatment = pytest.mark.parametrize("name", sorted(SCENES.keys() - {"cover.svg"}))


def elements(svg: str) -> list[etree._Element]:
    return [element for element in etree.fromstring(svg.encode()).iter() if isinstance(element.tag, str)]


def colours(element: etree._Element) -> set[str]:
    return {element.get("fill", "none"), element.get("stroke", "none")} - {"none"}


def faults(svg: str) -> set[str]:
    """What a drawing may not have: other elements or attributes, text, colours from outside the palette."""
    found = elements(svg)
    tags = {etree.QName(element).localname for element in found} - ELEMENTS
    attributes = {str(name) for element in found for name in element.attrib} - ATTRIBUTES
    text = {element.text for element in found if (element.text or "").strip()}
    return tags | attributes | text | set().union(*map(colours, found)) - PALETTE


@every_drawing
def test_committed_file_is_what_the_rig_draws(name: str) -> None:
    assert (FIGURES / name).read_bytes() == SCENES[name]().encode(), "Run make drawings, look at them, commit them."


def test_every_drawing_of_the_leaflet_is_drawn_and_no_other() -> None:
    leaflet = load().leaflet
    named = {leaflet.cover.file, *(treatment.figure.file for treatment in leaflet.treatments)}
    assert named == set(SCENES) == {file.name for file in FIGURES.iterdir()}


def test_drawing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    main(tmp_path / "one")
    main(tmp_path / "two")
    for name in SCENES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@every_drawing
def test_drawing_is_plain_shapes_in_colours_of_the_palette(name: str) -> None:
    assert faults(SCENES[name]()) == set()


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ('<path d="M0 0" opacity="0.5"/>', "opacity"),
        ('<path d="M0 0" id="back"/>', "id"),
        ('<path d="M0 0" fill="#FF0000"/>', "#FF0000"),
        ("<text>Back</text>", "text"),
        ("<style>path{}</style>", "style"),
    ],
)
def test_what_a_drawing_may_not_have_is_found(planted: str, fault: str) -> None:
    assert fault in faults(SCENES["cover.svg"]().replace("</svg>", f"{planted}</svg>"))


@every_treatment
def test_terracotta_is_one_detail(name: str) -> None:
    groups = {element.getparent() for element in elements(SCENES[name]()) if TERRACOTTA in colours(element)}
    assert len(groups) == 1


def test_cover_leaves_terracotta_to_the_harms() -> None:
    assert TERRACOTTA not in SCENES["cover.svg"]()


@every_drawing
def test_drawing_is_small_and_can_be_named(name: str) -> None:
    """`exporters.markup.picture` puts a name into the first tag, which may be no other than `<svg `."""
    svg = SCENES[name]()
    assert len(svg.encode()) < 15_000
    assert svg.startswith("<svg ")
    assert "<title" not in svg


@every_treatment
def test_treatments_are_drawn_at_one_size(name: str) -> None:
    assert 'viewBox="0 0 1600 1200"' in SCENES[name]()


@every_drawing
def test_coordinates_are_whole_numbers(name: str) -> None:
    assert not [path for path in re.findall(r' d="([^"]*)"', SCENES[name]()) if "." in path]


@pytest.mark.parametrize("target", [30 + 40j, -20 + 55j, 10 - 60j])
@pytest.mark.parametrize("bend", [1, -1])
def test_two_bones_reach_their_target(target: complex, bend: int) -> None:
    elbow = joint(0j, target, 40, 35, bend)
    assert abs(elbow) == pytest.approx(40)
    assert abs(target - elbow) == pytest.approx(35)


def test_what_is_out_of_reach_is_pointed_at() -> None:
    assert joint(0j, 300 + 400j, 40, 35, 1) == pytest.approx(24 + 32j)


def test_hand_is_where_the_pose_wants_it() -> None:
    pose = Pose(100 + 100j, lean=20, arms=(Reach(150 + 90j), Reach(140 + 100j)))
    far, near = skeleton(pose, MEDIUM, 236).arms
    assert far.tip == pytest.approx(150 + 90j)
    assert near.tip == pytest.approx(140 + 100j)


@pytest.mark.parametrize("facing", [1, -1])
def test_elbows_and_knees_bend_as_in_people(facing: int) -> None:
    hand, foot = Reach(100 + facing * 40 + 50j), Reach(100 + facing * 10 + 190j)
    body = skeleton(Pose(100 + 100j, facing=facing, arms=(hand, hand), legs=(foot, foot)), MEDIUM, 236)
    for bones, side in ((body.arms[1], -1), (body.legs[1], 1)):
        straight = (bones.root + bones.tip) / 2
        assert (bones.middle - straight).real * facing * side > 0


def test_bones_keep_their_lengths() -> None:
    pose = Pose(0j, arms=(Angles(30, 60), Angles(-10, 20)), legs=(Angles(80, 90), Angles(0)))
    body = skeleton(pose, MEDIUM, 100)
    for bones, upper, lower in [(bones, UPPER_ARM, FOREARM) for bones in body.arms] + [
        (bones, THIGH, SHIN) for bones in body.legs
    ]:
        assert abs(bones.middle - bones.root) == pytest.approx(100 * upper)
        assert abs(bones.tip - bones.middle) == pytest.approx(100 * lower)


def test_somebody_who_lies_is_as_long_as_somebody_who_stands() -> None:
    upright, prone = (figure(Look(), Pose(0j, lean=lean)).bones.trunk for lean in (0, 90))
    assert abs(prone.head) == pytest.approx(abs(upright.head))
    assert prone.head.real == pytest.approx(-upright.head.imag)


def test_path_is_written_in_steps_that_do_not_drift() -> None:
    steps = written(disc(10.26 + 10j, 5))
    assert steps == "M21 40a20 20 0 1 0 40 0a20 20 0 1 0-40 0Z"
    assert written(capsule(0j, 20 + 0j, 5, 5)) == "M0 20l80 0a20 20 0 0 0 0-40l-80 0a20 20 0 0 0 0 40Z"

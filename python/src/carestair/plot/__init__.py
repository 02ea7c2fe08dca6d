"""Figures for a report: each function takes a result and gives a matplotlib figure."""

from carestair.plot.calibration import calibration
from carestair.plot.costs import cost_difference
from carestair.plot.decision import acceptability_curve, ce_plane, tornado
from carestair.plot.people import residents_by_step, staff_hours, waiting
from carestair.plot.picture import picture
from carestair.plot.places import overflow, waiting_times

__all__ = [
    "acceptability_curve",
    "calibration",
    "ce_plane",
    "cost_difference",
    "overflow",
    "picture",
    "residents_by_step",
    "staff_hours",
    "tornado",
    "waiting",
    "waiting_times",
]

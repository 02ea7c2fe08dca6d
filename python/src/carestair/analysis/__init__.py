"""Analyses that a researcher and a planner ask for, each on an open result."""

from carestair.analysis.capacity import occupancy, overflow, worst_month
from carestair.analysis.divergence import divergence
from carestair.analysis.gains import gains, gains_by_year
from carestair.analysis.money import payback
from carestair.analysis.projection import coverage, null_model, over_time, projected
from carestair.analysis.waiting import waiting_curve, waits

__all__ = [
    "coverage",
    "divergence",
    "gains",
    "gains_by_year",
    "null_model",
    "occupancy",
    "over_time",
    "overflow",
    "payback",
    "projected",
    "waiting_curve",
    "waits",
    "worst_month",
]

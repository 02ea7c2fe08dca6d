"""Analyses that a researcher and a planner ask for, each on an open result."""

from carestair.analysis.capacity import occupancy, overflow, worst_month
from carestair.analysis.divergence import divergence
from carestair.analysis.economics import acceptability, cost_effectiveness, evpi, icer
from carestair.analysis.gains import gains, gains_by_year
from carestair.analysis.money import payback
from carestair.analysis.partial_information import evppi
from carestair.analysis.projection import coverage, null_model, over_time, projected
from carestair.analysis.sensitivity import sobol_indices, sobol_sample, tornado
from carestair.analysis.sources import assumption_share
from carestair.analysis.uncertainty import KINDS, uncertainty
from carestair.analysis.waiting import waiting_curve, waits

__all__ = [
    "KINDS",
    "acceptability",
    "assumption_share",
    "cost_effectiveness",
    "coverage",
    "divergence",
    "evpi",
    "evppi",
    "gains",
    "gains_by_year",
    "icer",
    "null_model",
    "occupancy",
    "over_time",
    "overflow",
    "payback",
    "projected",
    "sobol_indices",
    "sobol_sample",
    "tornado",
    "uncertainty",
    "waiting_curve",
    "waits",
    "worst_month",
]

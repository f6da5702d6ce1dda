"""Columns whose figures only bring rows into an order: which is larger counts, and that is seen where it is used."""

from __future__ import annotations

ROW_ORDERS = (("posts", "order"), ("month_days", "key"), ("kpis", "card_order"), ("tasks", "board_order"))
"""(Table, column) of figures that follow from where a row is: two workbooks with the same rows may differ in them."""

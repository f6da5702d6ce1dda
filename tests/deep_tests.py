"""The tests that the quick run leaves out: too long for it, or many cases of one sort of which a few are enough.

A test that asks another program is deep because it uses a fixture that finds that program. All others are listed here,
with the processor seconds that all their cases took on one core when they were listed. Nothing is deleted to be quick:
`.ci/run` runs every one of them. `tests/README.md` says how to run one again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

Kept = int | tuple[str, ...]
"""How many cases of a test stay in the quick run, drawn by their names; or these cases."""

PROGRAM_FIXTURES = frozenset({"soffice", "libreoffice", "office_python", "gnumeric", "carlito", "node", "chromium"})
"""The fixtures of `tests/proof/conftest.py` that find other programs."""

PROGRAMS = frozenset(
    {"soffice", "libreoffice", "ssconvert", "pdftotext", "pdftoppm", "fc-match", "node", "chromium", "chromium-browser"}
    | {"google-chrome", "google-chrome-stable"}
)
"""What no quick test may start."""

_TWO_TEMPLATES = ("budget-en", "strategy-de")
"""The two that are made and read in the least time, one in each language."""

_HOSTILE = (
    # ZIP archives
    "nested_zip", "larger_than_told",
    # sizes
    "cell_beyond_the_last_column", "overlapping_merges",
    # specs that a file brings along
    "spec_with_escapes_in_its_texts", "spec_of_more_rows_than_may_be",
    # values
    "pattern_bombs_of_a_stranger", "odd_numbers_in_budget",
    # XML
    "control_characters", "encoding_that_is_a_program",
)  # fmt: skip
"""Some of each module that makes hostile files: those that are refused or read in less than a second."""

DEEP_TESTS: Mapping[str, Kept] = {
    # 20 s: the tests of all rules run four times, with broken rules
    "analysis/test_every_rule.py::test_every_rule_has_a_test_that_notices": 0,
    # 20 s, 12 s: five workbooks for each plan that is ill
    "analysis/test_fires_by_hand.py::test_what_is_wrong_is_found": 0,
    "analysis/test_inputs_are_read.py": 0,
    # 15 s, 12 s, 8 s: all rules for every change of an input
    "analysis/test_true_sentences.py::test_each_input_of_the_sample_changed_in_turn": 0,
    "analysis/test_true_sentences.py::test_plans_with_much_that_is_wrong": 0,
    "analysis/test_true_sentences.py::test_the_sample_in_every_month": 4,
    # 30 s: five workbooks, written and read eight times
    "analysis/test_healthy_plan.py::test_nothing_is_said_of_a_healthy_plan": 0,
    # 17 s, 8 s, 5 s
    "adopt/test_adopted_calendars.py": 9,
    # 30 s: 1,500 budgets and KPI tables
    "adopt/test_amount_layouts.py": 2,
    "adopt/test_mapping.py": 11,
    "adopt/test_unusual_workbooks.py::test_a_large_sheet_comes_over_whole": 0,
    # 30 s for 1,500 layouts of calendars, 8 s for 300 of roadmaps
    "adopt/test_calendar_layouts.py": 1,
    "adopt/test_roadmap_layouts.py": 2,
    # 20 s, 10 s: every template lean, blank and filled; all five twice
    "reader/test_read_lean.py::test_it_has_no_problem": ("strategy-en-blank", "budget-de-sample"),
    "reader/test_read_lean.py::test_findings_are_about_sheets_that_are_there": 0,
    "reader/test_read_lean.py::test_what_is_in_both_is_the_same": 0,
    "reader/test_read_lean.py::test_advice_names_no_sheet_that_is_not_there": 0,
    # 30 s, 15 s: every template filled at random, and new
    "repair/test_grow.py::test_whatever_is_typed_is_in_the_whole_one": ("budget-en", "strategy-de"),
    "repair/test_grow.py::test_a_new_one_grows_into_a_new_whole_one": 0,
    "repair/test_grow.py::test_a_metric_that_was_deleted_stays_away": 0,
    # 15 s, 3 s: the samples in four ways
    "reader/test_given_workbooks.py::test_it_is_read_as_the_file_is": (
        "strategy-bytes", "strategy-file", "budget-openpyxl",
    ),
    "reader/test_given_workbooks.py::test_the_analysis_is_the_same": 0,
    # 25 s: forty values of each option
    "cli/test_odd_options.py::test_whatever_is_typed": 2,
    # 6 s, 20 s: every template, and reports of the samples
    "writer/test_odd_names.py::test_names_of_a_business_its_channels_and_people": ("strategy", "budget"),
    "writer/test_odd_names.py::test_names_in_a_report": 0,
    # 19 s, 6 s, 3 s, 4 s, 4 s, 3 s
    "cli/test_cli_analyze_xlsx.py::test_no_command_takes_it_for_a_plan": 2,
    "cli/test_cli_analyze.py::test_a_format_to_the_screen_and_into_a_file": 0,
    "cli/test_cli_analyze.py::test_the_exit_status_follows_the_level_asked_for": 2,
    "cli/test_cli_analyze.py::test_all_five_in_any_order_give_the_same_report": 0,
    "cli/test_cli_new.py::test_the_samples_are_made": 0,
    "cli/test_cli_new.py::test_as_many_months_as_asked_for": 0,
    # 25 s, 15 s, 10 s, 10 s, 40 s: every option that writes, and every workbook of `samples`
    "cli/test_outputs.py::test_nothing_is_overwritten_that_the_program_did_not_write": (
        "analyze budget.xlsx --format csv -o csv", "check budget.xlsx --annotate noted.xlsx", "init --yes -o mine.toml",
        "check budget.xlsx -o check.txt",
    ),
    "cli/test_outputs.py::test_a_new_file_comes_whole_or_not_at_all": (
        "analyze budget.xlsx --format csv -o csv", "new strategy roadmap -o plan", "init --yes -o mine.toml",
    ),
    "cli/test_outputs.py::test_a_link_stays_and_what_it_points_at_is_written": (
        "check budget.xlsx -o check.txt", "new strategy -o new.xlsx",
    ),
    "cli/test_outputs.py::test_a_folder_that_may_not_be_searched_is_one_line": (
        "check budget.xlsx -o check.txt", "init --yes -o mine.toml",
    ),
    "cli/test_outputs.py::test_a_report_that_somebody_changed_is_theirs": 0,
    "cli/test_outputs.py::test_whatever_ends_it_the_older_file_is_whole": 0,
    # 40 s, 8 s, 8 s, 8 s, 25 s: each is a process of its own
    "cli/test_streams.py::test_any_encoding": ("analyze budget.xlsx-cp1252", "explain budget.over-ascii"),
    "cli/test_streams.py::test_a_pipe_that_is_closed": ("explain --all --lang de",),
    "cli/test_streams.py::test_standard_output_that_is_not_there": ("explain budget.over",),
    "cli/test_streams.py::test_a_full_disk": ("schema analysis", "--help"),
    "cli/test_streams.py::test_ctrl_c_is_one_line_at_any_time": 0,
    # 8 s, 4 s, 4 s
    "cli/test_folders.py::test_every_plan_of_a_folder_is_read": ("check {}",),
    "cli/test_folders.py::test_a_broken_plan_in_a_folder_is_no_success": ("analyze {} --full",),
    "cli/test_folders.py::test_what_the_shell_finds_besides_is_left_out": ("check {}",),
    # 9 s, 6 s, 4 s
    "compare/test_sides.py": 12,
    "compare/test_every_cell.py::test_any_input_cell": ("strategy", "budget"),
    "compare/test_every_cell.py::test_a_cell_of_each_column_in_the_file": ("strategy", "budget"),
    # 2 s, 2 s, 17 s, 10 s
    "calc/test_rows_at_the_ends.py::test_a_row_inserted_as_the_first_one_counts": 3,
    "calc/test_rows_at_the_ends.py::test_a_row_inserted_above_the_end_row_counts": 3,
    "calc/test_rows_at_the_ends.py::test_deleted_rows_leave_no_error": ("budget-own_time", "strategy-team"),
    "calc/test_rows_at_the_ends.py::test_all_rows_deleted_leave_no_error": 3,
    # 52 s, 14 s, 7 s, 6 s, 5 s, 4 s, 2 s, 2 s
    "emulate/test_emulated_programs.py::test_the_same_plan_comes_back": tuple(
        f"{_TWO_TEMPLATES[number % 2]}-{program}"
        for number, program in enumerate(
            (
                "google", "google-with-its-own-functions", "numbers", "numbers-of-old", "numbers-values",
                "numbers-split", "wps", "excel", "excel-online",
            )
        )
    ),
    # 30 s: an eighth of the columns of each table
    "emulate/test_deleted_columns.py::test_each_column_deleted_alone": 0,
    "emulate/test_marks.py::test_one_mark_is_enough": 2,
    "emulate/test_marks.py::test_one_mark_and_other_headings": 2,
    "emulate/test_marks.py::test_headings_that_nobody_knows": 5,
    "emulate/test_marks.py::test_a_marker_sheet_of_another_template": 2,
    "emulate/test_marks.py::test_labels_that_nobody_knows": 2,
    "emulate/test_marks.py::test_headings_alone_without_the_first_sheet": 1,
    "emulate/test_marks.py::test_properties_of_another_template": 3,
    # 169 s, 148 s, 48 s, 22 s, 11 s, 8 s, 3 s
    "hostile/test_hostile_files.py::test_a_hostile_file": _HOSTILE,
    # 25 s: the patterns over what people type most stay
    "hostile/test_patterns.py::test_no_text_takes_a_pattern_long": 40,
    "test_text_length.py::test_a_long_text_takes_no_longer_than_its_length": 10,
    "hostile/test_hostile_files.py::test_a_hostile_file_in_other_commands": (
        "overlapping_parts-look", "facts_in_odd_digits-page", "control_characters-check",
    ),
    "hostile/test_hostile_files.py::test_an_honest_giant_is_let_in_by_an_option": 0,
    "hostile/test_hostile_files.py::test_a_hostile_file_that_is_to_be_adopted": 0,
    "hostile/test_hostile_files.py::test_a_document_type_is_refused_in_every_part_that_is_read": 2,
    # 170 s for 2,000 edited workbooks, 77 s, 5 s
    "mutations/test_edited_budget.py::test_nothing_is_lost": 1,
    "mutations/test_edited_calendar.py::test_nothing_is_lost": 0,
    "mutations/test_edited_kpi_report.py::test_nothing_is_lost": 0,
    "mutations/test_edited_roadmap.py::test_nothing_is_lost": 0,
    "mutations/test_edited_strategy.py::test_nothing_is_lost": 0,
    "mutations/test_single_edits.py::test_nothing_is_lost": 4,
    "mutations/test_saved_by_openpyxl.py::test_nothing_is_lost": 2,
    # 10 s: a wheel is built and used
    "spec/test_compiled_copies.py::test_the_wheel_brings_them": 0,
    # 20 s and more: all templates are filled at random for them
    "proof/test_filled_at_random.py::test_a_second_engine_agrees": 0,
    "proof/test_filled_at_random.py::test_everything_comes_back": 0,
    # 13 s, 16 s
    "proof/test_saved_by_other_programs.py::test_filled_and_saved_by_openpyxl": _TWO_TEMPLATES,
    "proof/test_saved_by_other_programs.py::test_random_fillings_saved_by_openpyxl": ("strategy-de",),
    # 12 s
    "reader/test_read_lists.py::test_the_sheet_and_the_report_take_any_word_alike": 0,
    # 40 s: every fourth column of the tables that people fill
    "reader/test_read_earlier.py": 5,
    # 13 s, 11 s, 9 s, 6 s, 6 s, 5 s, 3 s, 2 s, 2 s, 2 s, 3 s
    "reader/test_identify.py::test_each_mark_alone_is_enough": 2,
    "reader/test_source_referee.py::test_the_samples": 0,
    "reader/test_read_templates.py::test_a_new_workbook_has_no_problem": 1,
    "reader/test_read_formulas.py::test_nothing_is_checked_that_depends_on_the_day": 0,
    "reader/test_read_words.py::test_a_sign_for_nothing_yet": 3,
    "reader/test_read_words.py::test_a_status_in_ones_own_words": 3,
    "reader/test_read_words.py::test_several_values_in_a_cell_for_one": 2,
    "reader/test_read_words.py::test_case_and_spaces_alone_are_no_problem": 2,
    "reader/test_read_cells.py::test_a_day_with_a_time_behind_it": 2,
    "reader/test_read_cells.py::test_a_number_among_texts_is_read_as_it_is_seen": 3,
    "reader/test_identify.py::test_facts_that_make_no_sense_are_left_out": 5,
    # 42 s, 22 s, 13 s, 13 s
    "repair/test_repair_broken.py": 8,
    # 5 s, 2 s, 1 s; 3 s: workbooks of an earlier release
    "repair/test_repair_release.py::test_a_blank_one_has_nothing_to_list": ("budget-en",),
    "repair/test_repair_release.py::test_a_filled_one_has_nothing_to_list": 0,
    "repair/test_repair_release.py::test_formulas_of_a_whole_column_are_named_where_they_show_something_else": 0,
    "repair/test_repair_older.py::test_headings_in_ones_own_words": 2,
    "repair/test_repair_older.py::test_a_column_of_ones_own": 1,
    "repair/test_repair_edited.py::test_nothing_is_lost": _TWO_TEMPLATES,
    "repair/test_repair_random.py::test_a_spec_of_ones_own_comes_along": _TWO_TEMPLATES,
    "repair/test_repair_random.py::test_what_is_read_is_what_was_read": _TWO_TEMPLATES,
    # 4 s, 5 s
    "report/test_brief.py::test_the_sample_takes_ten_lines_without_colours": 0,
    "report/test_html_page.py::test_it_is_one_file_that_asks_for_nothing": 0,
    # 8 s, 8 s, 7 s, 4 s
    "report_workbook/test_report_workbook.py::test_amounts_show_the_digits_of_their_currency": 0,
    "report_workbook/test_report_workbook.py::test_hostile_texts_stay_texts": 0,
    "report_workbook/test_report_formulas.py::test_ironcalc_computes_every_saved_value": 1,
    "report_workbook/test_report_workbook.py::test_five_thousand_findings_take_no_longer_than_they_must": 0,
    # 1 s to 11 s each: of many cases of one sort some are enough
    "calc/test_kept_workbooks.py::test_a_sound_workbook_is_computed_once": 3,
    "analysis/test_silenced.py::test_a_rule_is_silenced": 40,
    "test_never_written.py::test_the_workbook_itself_is_no_output": 12,
    "test_never_written.py::test_a_public_function_leaves_the_users_files_alone": 4,
    "emulate/test_emulated_programs.py::test_what_is_wrong_is_named_as_before": 3,
    "reader/test_read_formulas.py::test_a_title_may_be_cut_in_an_emoji": 6,
    "report/test_html_hostile.py::test_every_style_is_a_length_of_ours": 0,
    "test_architecture.py::test_the_kinds_are_listed_once": 0,
    "cli/test_odd_options.py::test_days_months_and_numbers_at_the_ends": 2,
    "writer/test_empty_sheets.py::test_a_blank_sheet_says_what_will_appear_and_a_filled_one_nothing": 4,
    "reader/test_lengths_of_time.py::test_a_share_without_its_sign": 3,
    "samples_bad/test_bad_samples.py::test_what_is_said_about_a_sample": 30,
    "reader/test_read_cells.py::test_a_day_in_place_of_a_yes": 4,
    "spec/test_yaml_everywhere.py::test_both_parsers_read_the_same": 20,
    "repair/test_grow.py::test_words_of_the_added_sheets_come_onto_a_list_that_lacks_them": 0,
    "writer/test_breaks.py::test_a_table_that_repeats_its_headings_runs_on": 4,
    "analysis/test_contradicting_figures.py::test_every_ratio_is_held_against_its_parts": 5,
    "reader/test_read_other_rows.py::test_a_subtotal_whatever_it_is_called": 12,
    "layout/test_calendar_sheets.py::test_the_month_view_opens_on_the_month_of_the_as_of_date": 2,
    "mutations/test_edits_together.py::test_nothing_is_lost": 5,
    "reader/test_given_workbooks.py::test_the_rows_of_others_are_adopted_from_it": 2,
    # 1 s to 13 s each: what other tests of the quick run see, too
    "analysis/test_silenced.py::test_one_case_of_a_rule_is_silenced_and_the_others_are_told": 0,
    "cli/test_cli_analyze.py::test_brief_is_ten_plain_lines_on_the_screen_and_in_a_file": 0,
    "cli/test_cli_analyze.py::test_thresholds_of_ones_own": 0,
    "cli/test_cli_analyze_html.py::test_the_same_workbooks_give_the_same_bytes": 0,
    "cli/test_cli_new.py::test_each_of_them_can_be_set_apart_and_is_kept_by_repair": 0,
    "cli/test_cli_new.py::test_the_sample_is_one_business": 0,
    "cli/test_odd_settings.py::test_every_threshold_may_be_at_either_end": 0,
    "reader/test_read_older.py::test_they_are_arranged_otherwise": 0,
    "repair/test_repair_changes.py::test_a_number_that_its_new_neighbours_would_decide_is_doubted": 0,
    "adopt/test_mapping.py::test_ids_of_another_sort_come_along_and_ours_stay": 0,
    "adopt/test_nothing_is_dropped.py::test_every_text_has_a_place": 0,
    "adopt/test_unusual_workbooks.py::test_the_headings_that_a_refusal_names_are_enough": 0,
    "compare/test_every_cell.py::test_rows_that_changed_their_places_in_the_file": 0,
    "generated/test_messages.py::test_every_line_of_every_template_is_in_its_file": 0,
    "hostile/test_hostile_files.py::test_a_document_type_in_a_part_that_is_never_read_does_nothing": 0,
    "reader/test_foreign.py::test_of_a_very_large_workbook_the_beginning_is_enough": 0,
    "refill/test_refilled_workbook.py::test_an_own_column_moves_what_stands_beside_its_table": 0,
    "report/test_headline_section.py::test_it_ends_the_text_and_begins_the_markdown": 0,
    "report/test_html_hostile.py::test_no_address_leads_out_of_the_page": 0,
    "report/test_client.py::test_nothing_internal_is_in_it": ("en-month", "en-quarter"),
    "report/test_html_page.py::test_headings_go_down_one_level_at_a_time": 0,
    "report_workbook/test_report_workbook.py::test_blank_workbooks_give_a_report_without_charts": 0,
    "report_workbook/test_report_workbook.py::test_each_of_several_businesses_has_its_own_sheets": 0,
    "writer/test_odd_names.py::test_many_channels_are_in_several_properties": 0,
    "adopt/test_adopted_calendars.py::test_month_grids_in_other_languages": 1,
    "analysis/test_calendar_rules.py::test_five_thousand_posts_are_judged_at_once": 1,
    "annotation/test_annotated_workbook.py::test_a_workbook_without_problems_gets_a_sheet_that_says_so": 1,
    "annotation/test_written_notes.py::test_very_many_problems": 0,
    "calc/test_kpi_report_formulas.py::test_a_rate_without_a_figure_is_worked_out": 0,
    "calc/test_kpi_report_formulas.py::test_the_state_of_a_message_agrees_with_the_plan": 0,
    "cli/test_cli_analyze.py::test_blank_workbooks_are_clean": 0,
    "cli/test_cli_analyze_html.py::test_what_is_asked_for_comes_besides": 0,
    "cli/test_cli_new.py::test_a_weekend_of_ones_own": 2,
    "cli/test_cli_new.py::test_every_option_reaches_all_five_of_the_sample": 0,
    "cli/test_cli_new.py::test_the_country_decides": 1,
    "cli/test_cli_new.py::test_the_sample_takes_another_name_in_all_five": 0,
    "cli/test_cli_new.py::test_the_samples_channels_are_all_on_the_list_by_name": 0,
    "compare/test_every_cell.py::test_the_order_of_rows_is_no_difference": 1,
    "compare/test_sides.py::test_new_workbooks_of_two_languages_differ_in_their_language_alone": 0,
    "hostile/test_fuzz.py::test_changed_files_are_read_or_refused_in_one_line": 0,
    "layout/test_calendar_sheets.py::test_weeks_that_are_not_over_are_not_counted": 2,
    "layout/test_working_day_columns.py::test_the_columns_are_libreoffices": 4,
    "reader/test_lengths_of_time.py::test_a_cell_that_holds_a_length": 1,
    "reader/test_read_formulas.py::test_lengths_are_right_as_either_kind_of_program_counts": 3,
    "reader/test_read_templates.py::test_the_same_plan_in_every_language": 1,
    "reader/test_read_weekend.py::test_the_weekend_on_the_first_sheet_wins": 2,
    "reader/test_three_digits.py::test_a_kpi": 2,
    "reader/test_turned_days.py::test_every_column_of_dates": 3,
    "report/test_forecast_section.py::test_the_methods_are_named_in_words": 0,
    "report/test_html_hostile.py::test_no_text_becomes_an_element_or_an_attribute": 0,
    "report/test_html_page.py::test_blank_workbooks_give_a_page_without_empty_pictures": 0,
    "report/test_html_page.py::test_ids_are_unique_and_every_link_leads_somewhere": 0,
    "report/test_pictures_of_sections.py::test_a_blank_plan_has_no_picture": 0,
    "samples_bad/test_bad_samples.py::test_the_samples_are_fresh": 0,
    "test_api.py::test_the_same_inputs_give_the_same_bytes": 2,
    "test_samples.py::test_the_german_sample_is_the_same_plan": 0,
    "test_style.py::test_it_has_nothing_to_say": ("ruff",),
    "test_text_length.py::test_graphemes_put_together_are_the_text": 0,
    "writer/test_breaks.py::test_no_page_ends_inside_a_block": 2,
    "writer/test_written_formulas.py::test_only_plain_areas": 3,
    "writer/test_written_sheets.py::test_other_libraries_open_it_without_a_warning": 4,
    # 5 s, 4 s, 4 s
    "writer/test_written_marker.py::test_the_same_inputs_give_the_same_bytes": 8,
    "writer/test_written_formulas.py::test_what_people_type_is_never_a_formula": 2,
    "writer/test_written_formulas.py::test_only_functions_that_all_programs_have": 5,
    # 10 s, 32 s
    "test_never_written.py::test_a_command_leaves_the_users_files_alone": 1,
    "test_safe_text.py::test_a_new_workbook_holds_names_as_texts": 1,
}  # fmt: skip
"""`path::test`, or `path` for a file's tests taken together, seen from this folder -> what stays in the quick run."""


def kept_cases(test: str, cases: Sequence[str]) -> set[str]:
    """The cases of a test that stay in the quick run: the same ones in every run and on every machine.

    Args:
        test: A name out of `DEEP_TESTS`.
        cases: The names of all cases that pytest collected of it; of a file, those of its tests with their cases.
    """
    kept = DEEP_TESTS[test]
    if isinstance(kept, tuple):
        return set(kept) & set(cases)
    return set(sorted(cases, key=lambda case: sha256(f"{test} {case}".encode()).digest())[:kept])

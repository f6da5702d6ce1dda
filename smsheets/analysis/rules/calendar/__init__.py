"""The rules of the calendar."""

from __future__ import annotations

from smsheets.analysis.finding import Rule
from smsheets.analysis.rules.calendar.cadence import (
    check_cadence_is_kept,
    check_gaps_are_short,
    check_not_too_many_posts,
    check_weeks_ahead_are_planned,
)
from smsheets.analysis.rules.calendar.capacity import (
    check_channels_are_few_enough,
    check_team_has_time,
    check_team_has_time_together,
)
from smsheets.analysis.rules.calendar.dormant import check_channels_are_awake, check_linked_channels_are_awake
from smsheets.analysis.rules.calendar.mix import check_mix_is_not_too_promotional
from smsheets.analysis.rules.calendar.posts import (
    check_channels_are_in_strategy,
    check_due_posts_are_out,
    check_published_posts_are_approved,
    check_slots_are_used_once,
)
from smsheets.analysis.rules.calendar.texts import (
    check_hashtags_fit,
    check_links_are_tracked,
    check_selling_posts_have_links,
    check_texts_are_not_repeated,
    check_texts_differ_between_channels,
    check_texts_fit,
    check_texts_fit_surely,
    check_titles_fit,
)
from smsheets.analysis.rules.calendar.timing import (
    check_key_dates_have_posts,
    check_next_posts_are_ready,
    check_next_posts_have_owners,
    check_pictures_have_alt_text,
    check_posts_use_the_better_day,
    check_posts_use_the_better_hour,
)

RULES: tuple[Rule, ...] = (
    check_linked_channels_are_awake,
    check_channels_are_awake,
    check_texts_fit,
    check_texts_fit_surely,
    check_titles_fit,
    check_hashtags_fit,
    check_published_posts_are_approved,
    check_due_posts_are_out,
    check_next_posts_are_ready,
    check_next_posts_have_owners,
    check_cadence_is_kept,
    check_weeks_ahead_are_planned,
    check_gaps_are_short,
    check_not_too_many_posts,
    check_key_dates_have_posts,
    check_team_has_time,
    check_team_has_time_together,
    check_channels_are_few_enough,
    check_texts_differ_between_channels,
    check_texts_are_not_repeated,
    check_mix_is_not_too_promotional,
    check_selling_posts_have_links,
    check_links_are_tracked,
    check_slots_are_used_once,
    check_channels_are_in_strategy,
    check_posts_use_the_better_day,
    check_posts_use_the_better_hour,
    check_pictures_have_alt_text,
)

"""The attacks that Trede must stand, by number: the tests that try each, or why none can.

The numbers are those of the list of 64 attacks on a record API driven by consent by which this
house tests itself. `test_attacks.py` keeps the list whole, and its names true.
"""

from typing import Final

ATTACKS: Final[dict[int, tuple[str, ...]]] = {
    # --- object, property, function
    1: (  # another organisation's client by id, by every method
        "test_hidden_is_as_absent_whatever_is_asked",
        "test_another_method_tells_no_more",
    ),
    2: (  # a nested id under another parent
        "test_hidden_is_as_absent_whatever_is_asked",
        "test_a_record_is_found_under_its_own_parent_only",
    ),
    3: (  # ids in bodies, filters and conditions
        "test_a_hidden_id_in_a_body_is_answered_as_an_absent_one",
        "test_hidden_is_as_absent_whatever_is_asked",
    ),
    4: (  # mass assignment
        "test_no_write_takes_a_field_that_the_contract_does_not_ask",
        "test_what_the_contract_does_not_ask_is_refused",
    ),
    5: (  # projection of every category
        "test_the_api_answers_what_the_policy_allows_and_nothing_else",
    ),
    6: (  # JSON Patch as a yes/no oracle
        "test_what_is_packed_or_no_json_is_refused_unread_for_hidden_and_visible",
    ),
    7: (  # merge patch of a hidden field
        "test_what_is_packed_or_no_json_is_refused_unread_for_hidden_and_visible",
    ),
    8: (  # acts of another role
        "test_no_role_does_what_the_contract_does_not_give_it",
    ),
    9: (  # what open pages tell
        "test_open_pages_tell_nothing_of_who_is_here",
    ),
    10: (  # headers that override method, address or caller
        "test_no_header_takes_another_way_in",
        "test_words_for_a_proxy_do_not_reach_the_application",
    ),
    # --- existence
    11: (  # status of hidden, absent and malformed ids
        "test_hidden_is_as_absent_whatever_is_asked",
        "test_a_malformed_id_gets_the_same_bytes_as_an_absent_one",
    ),
    12: (  # timing
        "test_hidden_costs_as_many_statements_as_absent",
    ),
    13: (  # guessable ids
        "test_ids_are_random_and_no_answer_numbers_what_there_is",
    ),
    14: (  # totals and pages
        "test_a_page_ends_where_the_visible_ends",
        "test_the_contract_deletes_nothing_counts_nothing_and_speaks_json_only",
    ),
    15: (  # cursors
        "test_a_cursor_serves_who_got_it_for_the_list_it_came_from",
        "test_a_withdrawal_between_two_pages_leaves_the_second_empty",
    ),
    16: (  # sorting by the hidden
        "test_nothing_is_sorted_searched_filtered_or_counted_by_what_is_not_offered",
    ),
    17: (  # filtering by the hidden
        "test_nothing_is_sorted_searched_filtered_or_counted_by_what_is_not_offered",
    ),
    18: (  # searching the hidden
        "test_nothing_is_sorted_searched_filtered_or_counted_by_what_is_not_offered",
    ),
    19: (  # counts and small groups
        "test_the_contract_deletes_nothing_counts_nothing_and_speaks_json_only",
        "test_nothing_moves_in_an_answer_when_only_the_hidden_changes",
    ),
    20: (  # ETags, lengths and versions
        "test_nothing_moves_in_an_answer_when_only_the_hidden_changes",
    ),
    21: (  # If-Match and If-None-Match on the hidden
        "test_hidden_is_as_absent_whatever_is_asked",
        "test_a_hidden_thing_is_not_found_before_versions_are_compared",
    ),
    22: (  # registering a number that is known elsewhere
        "test_a_number_that_is_known_elsewhere_is_taken_like_any_other",
    ),
    23: (  # conflicts with hidden duplicates
        "test_one_person_at_two_care_providers_uses_one_login_and_neither_learns_of_the_other",
        "test_a_login_of_a_professional_is_refused_without_saying_whose",
    ),
    24: (  # references to hidden and to absent clients
        "test_a_hidden_id_in_a_body_is_answered_as_an_absent_one",
    ),
    25: (  # words in refusals
        "test_what_is_raised_below_becomes_an_answer_without_its_words",
        "test_a_body_that_does_not_fit_gets_400_with_its_place_and_nothing_of_itself",
    ),
    26: (  # caseloads in the directory
        "test_nothing_moves_in_an_answer_when_only_the_hidden_changes",
    ),
    27: (  # who has a login
        "test_a_login_that_is_unknown_here_is_let_in_nowhere",
        "test_every_broken_proof_gets_the_same_bytes_as_an_unknown_client",
    ),
    28: (  # limits shared with others
        "test_who_asks_too_much_waits_and_keeps_nobody_else_waiting",
    ),
    29: (  # another's idempotency key
        "test_a_key_lives_per_caller",
        "test_a_repeat_after_the_door_was_shut_shows_nothing",
    ),
    30: (  # deleting above hidden children
        "test_the_contract_deletes_nothing_counts_nothing_and_speaks_json_only",
    ),
    # --- consent
    31: (  # reading right after a withdrawal
        "test_what_starts_after_the_answer_to_a_withdrawal_holds_no_data_in_any_process",
    ),
    32: (  # a withdrawal between pages
        "test_a_withdrawal_between_two_pages_leaves_the_second_empty",
        "test_a_withdrawal_after_the_first_decision_stops_what_was_about_to_be_sent",
        "test_what_starts_after_the_answer_to_a_withdrawal_holds_no_data_in_any_process",
    ),
    33: (  # warm caches
        "test_what_is_answered_may_be_kept_by_nobody",
        "test_what_starts_after_the_answer_to_a_withdrawal_holds_no_data_in_any_process",
    ),
    34: (  # edges of periods
        "test_a_consent_ends_with_the_dutch_day_also_when_the_clocks_change",
        "test_i06_periods_begin_at_their_first_moment_and_end_before_their_last",
        "test_an_odd_body_is_refused_and_stored_nowhere",
    ),
    35: (  # one dimension off
        "test_the_api_answers_what_the_policy_allows_and_nothing_else",
        "test_i07_one_dimension_off_and_a_consent_opens_nothing_of_it",
    ),
    36: (  # two halves
        "test_the_api_answers_what_the_policy_allows_and_nothing_else",
        "test_i12_two_halves_never_make_a_whole",
    ),
    37: (  # above the ceiling
        "test_a_consent_above_the_ceiling_opens_nothing_even_from_within_the_tables",
        "test_what_can_never_be_shared_is_refused_by_name",
    ),
    38: (  # a category that came later
        "test_bits_beyond_the_vocabulary_say_nothing",
        "test_the_api_answers_what_the_policy_allows_and_nothing_else",
    ),
    39: (  # a mandate that ended
        "test_a_mandate_reaches_as_far_as_its_scope_and_ends_the_same_second",
    ),
    40: (  # one purpose said, another used
        "test_a_stated_purpose_never_changes_what_the_token_was_given_for",
        "test_no_stated_purpose_widens_what_a_role_may",
    ),
    41: (  # a role or organisation that was left
        "test_an_ended_membership_opens_nothing_from_that_moment",
    ),
    42: (  # a deputy that asks for more
        "test_a_client_system_wears_no_hat_of_another_organisation",
    ),
    # --- tokens
    43: (  # algorithms, keys and addresses in a header
        "test_one_wrong_part_makes_a_token_as_worthless_as_noise",
        "test_no_other_key_signs_for_the_issuer",
    ),
    44: (  # times
        "test_one_wrong_part_makes_a_token_as_worthless_as_noise",
        "test_times_hold_within_one_minute_of_difference_between_clocks",
    ),
    45: (  # audience, issuer and kind
        "test_one_wrong_part_makes_a_token_as_worthless_as_noise",
    ),
    46: (  # a proof used twice
        "test_of_one_proof_used_many_times_at_once_one_counts",
        "test_of_many_at_once_one_counts",
    ),
    47: (  # tokens that cost to read
        "test_a_token_that_costs_to_read_is_refused_unread",
    ),
    48: (  # a login that was stopped
        "test_a_login_that_was_stopped_is_out_with_a_token_that_still_runs",
    ),
    # --- input and resources
    49: (  # odd JSON, paths and numbers
        "test_an_odd_body_is_refused_and_stored_nowhere",
        "test_an_odd_path_or_parameter_reaches_nothing",
    ),
    50: (  # letters that look alike
        "test_an_odd_body_is_refused_and_stored_nowhere",
        "test_names_are_compared_once_and_in_one_form",
    ),
    51: (  # patterns that backtrack
        "test_no_pattern_of_the_contract_takes_long_over_a_near_miss",
    ),
    52: (  # bombs
        "test_what_is_packed_or_no_json_is_refused_unread_for_hidden_and_visible",
    ),
    53: (  # slowness
        "test_a_head_that_does_not_end_loses_its_connection",
        "test_a_body_that_takes_too_long_gets_408",
    ),
    54: (  # repeated and joined parameters
        "test_an_odd_path_or_parameter_reaches_nothing",
        "test_unknown_and_repeated_parameters_get_400_all_at_once",
    ),
    55: (  # line breaks in headers and names
        "test_what_breaks_lines_and_headers_stays_within_its_field",
        "test_an_odd_request_id_is_replaced",
    ),
    57: (  # addresses that lead inside
        "test_keys_are_fetched_from_the_public_internet_only",
        "test_the_connection_goes_to_the_checked_address_under_the_name",
        "test_a_name_that_leads_into_a_network_or_nowhere_is_not_called",
    ),
    58: (  # what a webhook carries, and who may read on
        "test_an_event_arrives_signed_and_tells_an_opaque_id_and_a_verb",
        "test_who_is_told_of_something_can_read_it_and_all_that_was_written_is_told",
    ),
    59: (  # smuggling
        "test_a_request_within_a_request_is_never_answered",
        "test_an_address_in_the_request_line_leads_nowhere_else",
    ),
    # --- concurrency, life cycle, log
    60: (  # two moves at once
        "test_two_moves_of_one_version_at_once_are_one_move",
    ),
    61: (  # what was erased, coming back
        "test_a_restored_dump_brings_nothing_back",
        "test_a_restored_data_directory_brings_nothing_back",
        "test_what_is_put_back_by_hand_is_gone_at_the_next_start",
    ),
    62: (  # broken glass
        "test_it_takes_a_reason_from_the_list_and_a_text",
        "test_only_a_clinician_who_states_the_emergency_breaks_it",
        "test_elsewhere_there_is_no_such_client_and_the_attempt_is_on_the_record",
        "test_no_second_time_while_it_is_open",
        "test_a_colleague_in_an_emergency_sees_what_it_needs_for_four_hours",
        "test_the_client_is_told_and_sees_who_why_and_what_was_looked_at",
        "test_nobody_reviews_what_they_did_themselves_under_another_hat",
    ),
    63: (  # the log
        "test_a_changed_field_changes_the_leaf_whichever_it_is",
        "test_when_the_log_cannot_be_written_no_data_is_served",
    ),
    64: (  # refusals on the log
        "test_refused_looks_reach_the_log_of_the_client_they_were_about",
        "test_when_a_refusal_cannot_be_recorded_the_answer_does_not_tell_what_it_was",
    ),
}

NOT_APPLICABLE: Final[dict[int, str]] = {
    56: "No answer is CSV or a spreadsheet: the contract speaks JSON only (a test of 30 says so).",
}

ALTER TABLE step ADD COLUMN part VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE step ADD COLUMN deputy VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE step ADD COLUMN first_due_on DATE;

ALTER TABLE step ADD COLUMN nature VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE step ADD COLUMN is_back_entered BOOLEAN DEFAULT '0' NOT NULL;

CREATE TABLE authority (
	id INTEGER NOT NULL, 
	principal_id INTEGER NOT NULL, 
	deputy_id INTEGER NOT NULL, 
	from_on DATE NOT NULL, 
	to_on DATE NOT NULL, 
	kinds VARCHAR NOT NULL, 
	steps VARCHAR NOT NULL, 
	ceiling INTEGER NOT NULL, 
	basis VARCHAR NOT NULL, 
	made_at BIGINT NOT NULL, 
	made_by INTEGER NOT NULL, 
	ended_on DATE, 
	CONSTRAINT pk_authority PRIMARY KEY (id), 
	CONSTRAINT fk_authority_principal_id FOREIGN KEY(principal_id) REFERENCES person (id), 
	CONSTRAINT fk_authority_deputy_id FOREIGN KEY(deputy_id) REFERENCES person (id), 
	CONSTRAINT fk_authority_made_by FOREIGN KEY(made_by) REFERENCES account (id)
);

CREATE INDEX ix_authority_deputy_id ON authority (deputy_id);

CREATE INDEX ix_authority_principal_id ON authority (principal_id);

CREATE TABLE hand_over (
	id INTEGER NOT NULL, 
	from_person_id INTEGER NOT NULL, 
	to_person_id INTEGER NOT NULL, 
	witness_id INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	made_by INTEGER NOT NULL, 
	list_content_id INTEGER NOT NULL, 
	CONSTRAINT pk_hand_over PRIMARY KEY (id), 
	CONSTRAINT fk_hand_over_from_person_id FOREIGN KEY(from_person_id) REFERENCES person (id), 
	CONSTRAINT fk_hand_over_to_person_id FOREIGN KEY(to_person_id) REFERENCES person (id), 
	CONSTRAINT fk_hand_over_witness_id FOREIGN KEY(witness_id) REFERENCES person (id), 
	CONSTRAINT fk_hand_over_made_by FOREIGN KEY(made_by) REFERENCES account (id), 
	CONSTRAINT fk_hand_over_list_content_id FOREIGN KEY(list_content_id) REFERENCES content (id)
);

CREATE TABLE authority_matter (
	authority_id INTEGER NOT NULL, 
	matter_id INTEGER NOT NULL, 
	CONSTRAINT pk_authority_matter PRIMARY KEY (authority_id, matter_id), 
	CONSTRAINT fk_authority_matter_authority_id FOREIGN KEY(authority_id) REFERENCES authority (id), 
	CONSTRAINT fk_authority_matter_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id)
);

CREATE TABLE planned_step (
	id INTEGER NOT NULL, 
	matter_id INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	person_id INTEGER, 
	role VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	part VARCHAR NOT NULL, 
	due_on DATE, 
	note_content_id INTEGER, 
	planned_at BIGINT NOT NULL, 
	planned_by INTEGER NOT NULL, 
	ending VARCHAR NOT NULL, 
	step_id INTEGER, 
	CONSTRAINT pk_planned_step PRIMARY KEY (id), 
	CONSTRAINT fk_planned_step_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_planned_step_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_planned_step_note_content_id FOREIGN KEY(note_content_id) REFERENCES content (id), 
	CONSTRAINT fk_planned_step_planned_by FOREIGN KEY(planned_by) REFERENCES account (id), 
	CONSTRAINT fk_planned_step_step_id FOREIGN KEY(step_id) REFERENCES step (id)
);

CREATE INDEX ix_planned_step_matter_id_ending_place ON planned_step (matter_id, ending, place);

CREATE TABLE urge (
	step_id INTEGER NOT NULL, 
	matter_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	times INTEGER NOT NULL, 
	target VARCHAR NOT NULL, 
	way VARCHAR NOT NULL, 
	CONSTRAINT pk_urge PRIMARY KEY (step_id), 
	CONSTRAINT uq_urge_year_serial UNIQUE (year, serial), 
	CONSTRAINT fk_urge_step_id FOREIGN KEY(step_id) REFERENCES step (id), 
	CONSTRAINT fk_urge_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id)
);

CREATE INDEX ix_urge_matter_id ON urge (matter_id);

CREATE TABLE volume_baseline (
	series_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	month INTEGER NOT NULL, 
	issued INTEGER NOT NULL, 
	CONSTRAINT pk_volume_baseline PRIMARY KEY (series_id, year, month), 
	CONSTRAINT fk_volume_baseline_series_id FOREIGN KEY(series_id) REFERENCES series (id)
);

CREATE TABLE volume_plan (
	series_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	ceiling INTEGER NOT NULL, 
	CONSTRAINT pk_volume_plan PRIMARY KEY (series_id, year), 
	CONSTRAINT fk_volume_plan_series_id FOREIGN KEY(series_id) REFERENCES series (id)
);

CREATE TABLE copy_batch (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	"on" DATE NOT NULL, 
	unit VARCHAR NOT NULL, 
	year INTEGER, 
	state VARCHAR NOT NULL, 
	made_by INTEGER NOT NULL, 
	approved_by INTEGER, 
	approved_on DATE, 
	done_on DATE, 
	people VARCHAR NOT NULL, 
	way VARCHAR NOT NULL, 
	CONSTRAINT pk_copy_batch PRIMARY KEY (id), 
	CONSTRAINT fk_copy_batch_made_by FOREIGN KEY(made_by) REFERENCES account (id), 
	CONSTRAINT fk_copy_batch_approved_by FOREIGN KEY(approved_by) REFERENCES account (id)
);

CREATE INDEX ix_copy_batch_kind_id ON copy_batch (kind, id);

CREATE TABLE quality_error (
	id INTEGER NOT NULL, 
	matter_id INTEGER, 
	"on" DATE NOT NULL, 
	kind VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	found_by VARCHAR NOT NULL, 
	source VARCHAR, 
	is_dismissed BOOLEAN NOT NULL, 
	note_content_id INTEGER NOT NULL, 
	entered_by INTEGER NOT NULL, 
	entered_at BIGINT NOT NULL, 
	CONSTRAINT pk_quality_error PRIMARY KEY (id), 
	CONSTRAINT fk_quality_error_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT uq_quality_error_source UNIQUE (source), 
	CONSTRAINT fk_quality_error_note_content_id FOREIGN KEY(note_content_id) REFERENCES content (id), 
	CONSTRAINT fk_quality_error_entered_by FOREIGN KEY(entered_by) REFERENCES account (id)
);

CREATE INDEX ix_quality_error_matter_id ON quality_error (matter_id);

CREATE INDEX ix_quality_error_on_id ON quality_error ("on", id);

CREATE TABLE quality_verdict (
	id INTEGER NOT NULL, 
	matter_id INTEGER NOT NULL, 
	leader VARCHAR NOT NULL, 
	verdict VARCHAR NOT NULL, 
	"on" DATE NOT NULL, 
	note_content_id INTEGER, 
	entered_by INTEGER NOT NULL, 
	entered_at BIGINT NOT NULL, 
	CONSTRAINT pk_quality_verdict PRIMARY KEY (id), 
	CONSTRAINT fk_quality_verdict_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_quality_verdict_note_content_id FOREIGN KEY(note_content_id) REFERENCES content (id), 
	CONSTRAINT fk_quality_verdict_entered_by FOREIGN KEY(entered_by) REFERENCES account (id)
);

CREATE INDEX ix_quality_verdict_matter_id ON quality_verdict (matter_id);

CREATE INDEX ix_quality_verdict_on_id ON quality_verdict ("on", id);

CREATE TABLE secrecy_decision (
	id INTEGER NOT NULL, 
	matter_id INTEGER NOT NULL, 
	level INTEGER NOT NULL, 
	secrecy_years INTEGER, 
	basis_code VARCHAR NOT NULL, 
	basis_content_id INTEGER, 
	state VARCHAR NOT NULL, 
	proposed_by INTEGER NOT NULL, 
	proposed_at BIGINT NOT NULL, 
	decided_by INTEGER, 
	decided_at BIGINT, 
	opinion_content_id INTEGER, 
	CONSTRAINT pk_secrecy_decision PRIMARY KEY (id), 
	CONSTRAINT fk_secrecy_decision_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_secrecy_decision_basis_content_id FOREIGN KEY(basis_content_id) REFERENCES content (id), 
	CONSTRAINT fk_secrecy_decision_proposed_by FOREIGN KEY(proposed_by) REFERENCES account (id), 
	CONSTRAINT fk_secrecy_decision_decided_by FOREIGN KEY(decided_by) REFERENCES account (id), 
	CONSTRAINT fk_secrecy_decision_opinion_content_id FOREIGN KEY(opinion_content_id) REFERENCES content (id)
);

CREATE INDEX ix_secrecy_decision_matter_id_id ON secrecy_decision (matter_id, id);

CREATE TABLE copy_batch_line (
	batch_id INTEGER NOT NULL, 
	copy_id INTEGER NOT NULL, 
	seen_at BIGINT, 
	CONSTRAINT pk_copy_batch_line PRIMARY KEY (batch_id, copy_id), 
	CONSTRAINT fk_copy_batch_line_batch_id FOREIGN KEY(batch_id) REFERENCES copy_batch (id), 
	CONSTRAINT fk_copy_batch_line_copy_id FOREIGN KEY(copy_id) REFERENCES copy (id)
);

CREATE INDEX ix_copy_batch_line_copy_id ON copy_batch_line (copy_id);

CREATE TABLE copy_event (
	id INTEGER NOT NULL, 
	copy_id INTEGER NOT NULL, 
	event VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" INTEGER NOT NULL, 
	from_holder VARCHAR NOT NULL, 
	to_holder VARCHAR NOT NULL, 
	person_id INTEGER, 
	due_on DATE, 
	approver VARCHAR NOT NULL, 
	note_content_id INTEGER, 
	CONSTRAINT pk_copy_event PRIMARY KEY (id), 
	CONSTRAINT fk_copy_event_copy_id FOREIGN KEY(copy_id) REFERENCES copy (id), 
	CONSTRAINT fk_copy_event_by FOREIGN KEY("by") REFERENCES account (id), 
	CONSTRAINT fk_copy_event_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_copy_event_note_content_id FOREIGN KEY(note_content_id) REFERENCES content (id)
);

CREATE INDEX ix_copy_event_copy_id_id ON copy_event (copy_id, id);

CREATE INDEX ix_copy_event_person_id_id ON copy_event (person_id, id);

CREATE TABLE copy_request (
	id INTEGER NOT NULL, 
	copy_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	copies INTEGER NOT NULL, 
	purpose_content_id INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	requested_by INTEGER NOT NULL, 
	requested_at BIGINT NOT NULL, 
	decided_by INTEGER, 
	decided_at BIGINT, 
	CONSTRAINT pk_copy_request PRIMARY KEY (id), 
	CONSTRAINT fk_copy_request_copy_id FOREIGN KEY(copy_id) REFERENCES copy (id), 
	CONSTRAINT fk_copy_request_purpose_content_id FOREIGN KEY(purpose_content_id) REFERENCES content (id), 
	CONSTRAINT fk_copy_request_requested_by FOREIGN KEY(requested_by) REFERENCES account (id), 
	CONSTRAINT fk_copy_request_decided_by FOREIGN KEY(decided_by) REFERENCES account (id)
);

CREATE INDEX ix_copy_request_copy_id ON copy_request (copy_id);

CREATE INDEX ix_copy_request_state_id ON copy_request (state, id);

CREATE TABLE countersign (
	id INTEGER NOT NULL, 
	matter_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	person_id INTEGER, 
	unit VARCHAR NOT NULL, 
	step_id INTEGER, 
	digest VARCHAR NOT NULL, 
	is_dropped BOOLEAN NOT NULL, 
	CONSTRAINT pk_countersign PRIMARY KEY (id), 
	CONSTRAINT fk_countersign_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_countersign_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_countersign_step_id FOREIGN KEY(step_id) REFERENCES step (id)
);

CREATE INDEX ix_countersign_matter_id_id ON countersign (matter_id, id);

ALTER TABLE copy ADD COLUMN place VARCHAR DEFAULT 'kept' NOT NULL;

ALTER TABLE copy ADD COLUMN origin VARCHAR DEFAULT 'original' NOT NULL;

UPDATE copy SET place = 'out' WHERE must_return AND matter_id IN (SELECT matter_id FROM outgoing);

ALTER TABLE meeting ADD COLUMN meeting_class VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE meeting ADD COLUMN cost INTEGER;

ALTER TABLE meeting ADD COLUMN funding VARCHAR DEFAULT '' NOT NULL;

ALTER TABLE meeting ADD COLUMN verdict VARCHAR DEFAULT '' NOT NULL;

CREATE TABLE meeting_plan (
	id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	month INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	meeting_class VARCHAR NOT NULL, 
	form VARCHAR NOT NULL, 
	size INTEGER, 
	cost INTEGER, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_meeting_plan PRIMARY KEY (id)
);

CREATE INDEX ix_meeting_plan_year_month ON meeting_plan (year, month);

CREATE TABLE meeting_year (
	year INTEGER NOT NULL, 
	meeting_class VARCHAR NOT NULL, 
	count INTEGER NOT NULL, 
	size INTEGER NOT NULL, 
	cost INTEGER NOT NULL, 
	CONSTRAINT pk_meeting_year PRIMARY KEY (year, meeting_class)
);

CREATE TABLE leader_day (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	starts_at BIGINT NOT NULL, 
	ends_at BIGINT NOT NULL, 
	text_content_id INTEGER NOT NULL, 
	CONSTRAINT pk_leader_day PRIMARY KEY (id), 
	CONSTRAINT fk_leader_day_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_leader_day_text_content_id FOREIGN KEY(text_content_id) REFERENCES content (id)
);

CREATE INDEX ix_leader_day_starts_at ON leader_day (starts_at);

CREATE TABLE meeting_check (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	phase VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	due_at BIGINT, 
	done_at BIGINT, 
	done_by VARCHAR NOT NULL, 
	CONSTRAINT pk_meeting_check PRIMARY KEY (id), 
	CONSTRAINT fk_meeting_check_meeting_id FOREIGN KEY(meeting_id) REFERENCES matter (id)
);

CREATE INDEX ix_meeting_check_meeting_id_position ON meeting_check (meeting_id, position);

CREATE TABLE meeting_plan_use (
	meeting_id INTEGER NOT NULL, 
	plan_id INTEGER NOT NULL, 
	CONSTRAINT pk_meeting_plan_use PRIMARY KEY (meeting_id), 
	CONSTRAINT fk_meeting_plan_use_meeting_id FOREIGN KEY(meeting_id) REFERENCES matter (id), 
	CONSTRAINT fk_meeting_plan_use_plan_id FOREIGN KEY(plan_id) REFERENCES meeting_plan (id)
);

CREATE INDEX ix_meeting_plan_use_plan_id ON meeting_plan_use (plan_id);

CREATE TABLE topic (
	matter_id INTEGER NOT NULL, 
	reporter VARCHAR NOT NULL, 
	units VARCHAR NOT NULL, 
	consulted_content_id INTEGER, 
	major VARCHAR NOT NULL, 
	amount INTEGER, 
	minutes INTEGER, 
	is_major_decision BOOLEAN NOT NULL, 
	legality VARCHAR NOT NULL, 
	"deferred" INTEGER NOT NULL, 
	CONSTRAINT pk_topic PRIMARY KEY (matter_id), 
	CONSTRAINT fk_topic_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_topic_consulted_content_id FOREIGN KEY(consulted_content_id) REFERENCES content (id)
);

CREATE TABLE meeting_given (
	copy_id INTEGER NOT NULL, 
	attendee_id INTEGER NOT NULL, 
	CONSTRAINT pk_meeting_given PRIMARY KEY (copy_id), 
	CONSTRAINT fk_meeting_given_copy_id FOREIGN KEY(copy_id) REFERENCES copy (id), 
	CONSTRAINT fk_meeting_given_attendee_id FOREIGN KEY(attendee_id) REFERENCES meeting_attendee (id)
);

CREATE INDEX ix_meeting_given_attendee_id ON meeting_given (attendee_id);

CREATE TABLE meeting_phone (
	attendee_id INTEGER NOT NULL, 
	slot VARCHAR NOT NULL, 
	put_at BIGINT NOT NULL, 
	taken_at BIGINT, 
	CONSTRAINT pk_meeting_phone PRIMARY KEY (attendee_id), 
	CONSTRAINT fk_meeting_phone_attendee_id FOREIGN KEY(attendee_id) REFERENCES meeting_attendee (id)
);

CREATE TABLE meeting_told (
	id INTEGER NOT NULL, 
	attendee_id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	told_at BIGINT NOT NULL, 
	told_by VARCHAR NOT NULL, 
	way VARCHAR NOT NULL, 
	to_whom VARCHAR NOT NULL, 
	answer VARCHAR NOT NULL, 
	said VARCHAR NOT NULL, 
	CONSTRAINT pk_meeting_told PRIMARY KEY (id), 
	CONSTRAINT fk_meeting_told_attendee_id FOREIGN KEY(attendee_id) REFERENCES meeting_attendee (id), 
	CONSTRAINT fk_meeting_told_meeting_id FOREIGN KEY(meeting_id) REFERENCES matter (id)
);

CREATE INDEX ix_meeting_told_attendee_id ON meeting_told (attendee_id);

CREATE INDEX ix_meeting_told_meeting_id ON meeting_told (meeting_id);

CREATE TABLE meeting_topic_course (
	line_id INTEGER NOT NULL, 
	topic_id INTEGER, 
	result VARCHAR NOT NULL, 
	summary_content_id INTEGER, 
	CONSTRAINT pk_meeting_topic_course PRIMARY KEY (line_id), 
	CONSTRAINT fk_meeting_topic_course_line_id FOREIGN KEY(line_id) REFERENCES meeting_topic (id), 
	CONSTRAINT fk_meeting_topic_course_topic_id FOREIGN KEY(topic_id) REFERENCES matter (id), 
	CONSTRAINT fk_meeting_topic_course_summary_content_id FOREIGN KEY(summary_content_id) REFERENCES content (id)
);

CREATE INDEX ix_meeting_topic_course_topic_id ON meeting_topic_course (topic_id);

CREATE TABLE meeting_voice (
	id INTEGER NOT NULL, 
	line_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	attendee_id INTEGER NOT NULL, 
	view_content_id INTEGER, 
	vote VARCHAR NOT NULL, 
	CONSTRAINT pk_meeting_voice PRIMARY KEY (id), 
	CONSTRAINT uq_meeting_voice_line_id_position UNIQUE (line_id, position), 
	CONSTRAINT fk_meeting_voice_line_id FOREIGN KEY(line_id) REFERENCES meeting_topic (id), 
	CONSTRAINT fk_meeting_voice_attendee_id FOREIGN KEY(attendee_id) REFERENCES meeting_attendee (id), 
	CONSTRAINT fk_meeting_voice_view_content_id FOREIGN KEY(view_content_id) REFERENCES content (id)
);

INSERT OR IGNORE INTO series (kind, code, name, issuer_mark, is_retired) SELECT 'topic', '议', '议题登记', '', 0 WHERE EXISTS (SELECT 1 FROM series);

CREATE TABLE gone_matter (
	matter_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_gone_matter PRIMARY KEY (matter_id)
);

CREATE INDEX ix_gone_matter_seq ON gone_matter (seq);

CREATE TABLE import_columns (
	signature VARCHAR NOT NULL, 
	fields VARCHAR NOT NULL, 
	CONSTRAINT pk_import_columns PRIMARY KEY (signature)
);

CREATE TABLE import_batch (
	id INTEGER NOT NULL, 
	file_name VARCHAR NOT NULL, 
	account_id INTEGER NOT NULL, 
	started_at BIGINT NOT NULL, 
	state VARCHAR NOT NULL, 
	rows INTEGER NOT NULL, 
	imported INTEGER NOT NULL, 
	duplicates INTEGER NOT NULL, 
	refused INTEGER NOT NULL, 
	undone_at BIGINT, 
	CONSTRAINT pk_import_batch PRIMARY KEY (id), 
	CONSTRAINT fk_import_batch_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE TABLE imported_matter (
	matter_id INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	mark VARCHAR NOT NULL, 
	CONSTRAINT pk_imported_matter PRIMARY KEY (matter_id), 
	CONSTRAINT fk_imported_matter_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_imported_matter_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id)
);

CREATE INDEX ix_imported_matter_batch_id_matter_id ON imported_matter (batch_id, matter_id);

CREATE INDEX ix_imported_matter_mark ON imported_matter (mark);

ALTER TABLE seal ADD COLUMN enabled_matter_id INTEGER;

CREATE TABLE seal_hand_over (
	id INTEGER NOT NULL, 
	seal_id INTEGER NOT NULL, 
	from_person_id INTEGER NOT NULL, 
	witness_id INTEGER NOT NULL, 
	to_person_id INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	begun_at BIGINT NOT NULL, 
	giver_by VARCHAR NOT NULL, 
	giver_at BIGINT, 
	witness_at BIGINT, 
	taker_at BIGINT, 
	ended_at BIGINT, 
	CONSTRAINT pk_seal_hand_over PRIMARY KEY (id), 
	CONSTRAINT fk_seal_hand_over_seal_id FOREIGN KEY(seal_id) REFERENCES seal (id), 
	CONSTRAINT fk_seal_hand_over_from_person_id FOREIGN KEY(from_person_id) REFERENCES person (id), 
	CONSTRAINT fk_seal_hand_over_witness_id FOREIGN KEY(witness_id) REFERENCES person (id), 
	CONSTRAINT fk_seal_hand_over_to_person_id FOREIGN KEY(to_person_id) REFERENCES person (id)
);

CREATE INDEX ix_seal_hand_over_seal_id_ended_at ON seal_hand_over (seal_id, ended_at);

CREATE TABLE seal_loan (
	id INTEGER NOT NULL, 
	seal_id INTEGER NOT NULL, 
	first_id INTEGER NOT NULL, 
	second_id INTEGER NOT NULL, 
	place VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	asked_by_id INTEGER NOT NULL, 
	asked_at BIGINT NOT NULL, 
	approver VARCHAR NOT NULL, 
	due_at BIGINT NOT NULL, 
	out_at BIGINT, 
	back_at BIGINT, 
	taken_back_by VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_seal_loan PRIMARY KEY (id), 
	CONSTRAINT fk_seal_loan_seal_id FOREIGN KEY(seal_id) REFERENCES seal (id), 
	CONSTRAINT fk_seal_loan_first_id FOREIGN KEY(first_id) REFERENCES person (id), 
	CONSTRAINT fk_seal_loan_second_id FOREIGN KEY(second_id) REFERENCES person (id), 
	CONSTRAINT fk_seal_loan_asked_by_id FOREIGN KEY(asked_by_id) REFERENCES person (id)
);

CREATE INDEX ix_seal_loan_seal_id_id ON seal_loan (seal_id, id);

CREATE INDEX ix_seal_loan_state_due_at ON seal_loan (state, due_at);

CREATE TABLE seal_check (
	id INTEGER NOT NULL, 
	seal_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	"by" VARCHAR NOT NULL, 
	witness VARCHAR NOT NULL, 
	result VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_seal_check PRIMARY KEY (id), 
	CONSTRAINT fk_seal_check_seal_id FOREIGN KEY(seal_id) REFERENCES seal (id)
);

CREATE INDEX ix_seal_check_year_seal_id ON seal_check (year, seal_id);

CREATE TABLE seal_certificate (
	id INTEGER NOT NULL, 
	seal_id INTEGER, 
	issued_at BIGINT NOT NULL, 
	certificate BLOB NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	key_content_id INTEGER NOT NULL, 
	CONSTRAINT pk_seal_certificate PRIMARY KEY (id), 
	CONSTRAINT fk_seal_certificate_seal_id FOREIGN KEY(seal_id) REFERENCES seal (id), 
	CONSTRAINT fk_seal_certificate_key_content_id FOREIGN KEY(key_content_id) REFERENCES content (id)
);

CREATE INDEX ix_seal_certificate_seal_id ON seal_certificate (seal_id);

CREATE TABLE seal_rule (
	seal_kind VARCHAR NOT NULL, 
	paper_kind VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	CONSTRAINT pk_seal_rule PRIMARY KEY (seal_kind, paper_kind)
);

CREATE TABLE seal_entry (
	id INTEGER NOT NULL, 
	seal_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	matter_id INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	event VARCHAR NOT NULL, 
	requester_id INTEGER NOT NULL, 
	approver_id INTEGER NOT NULL, 
	keeper_id INTEGER NOT NULL, 
	imprints INTEGER NOT NULL, 
	stamped INTEGER NOT NULL, 
	spoiled INTEGER NOT NULL, 
	approved_digest VARCHAR NOT NULL, 
	file_digest VARCHAR NOT NULL, 
	previous VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	CONSTRAINT pk_seal_entry PRIMARY KEY (id), 
	CONSTRAINT uq_seal_entry_seal_id_year_serial UNIQUE (seal_id, year, serial), 
	CONSTRAINT fk_seal_entry_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id)
);

CREATE INDEX ix_seal_entry_matter_id ON seal_entry (matter_id);

INSERT OR IGNORE INTO series (kind, code, name, issuer_mark, is_retired) SELECT 'incoming', '上收', '上级来文登记', '', 0 WHERE EXISTS (SELECT 1 FROM series);

INSERT OR IGNORE INTO series (kind, code, name, issuer_mark, is_retired) SELECT 'incoming', '机收', '机要件登记', '', 0 WHERE EXISTS (SELECT 1 FROM series);

INSERT OR IGNORE INTO series (kind, code, name, issuer_mark, is_retired) SELECT 'incoming', '请收', '请示件登记', '', 0 WHERE EXISTS (SELECT 1 FROM series);

INSERT OR IGNORE INTO series (kind, code, name, issuer_mark, is_retired) SELECT 'incoming', '批收', '批示件登记', '', 0 WHERE EXISTS (SELECT 1 FROM series);

INSERT OR IGNORE INTO series (kind, code, name, issuer_mark, is_retired) SELECT 'incoming', '访收', '信访件登记', '', 0 WHERE EXISTS (SELECT 1 FROM series);

INSERT OR IGNORE INTO series (kind, code, name, issuer_mark, is_retired) SELECT 'incoming', '电收', '电话、传真登记', '', 0 WHERE EXISTS (SELECT 1 FROM series);

CREATE TABLE return_bulletin (
	id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	made_on DATE NOT NULL, 
	made_by INTEGER NOT NULL, 
	CONSTRAINT pk_return_bulletin PRIMARY KEY (id), 
	CONSTRAINT uq_return_bulletin_year_serial UNIQUE (year, serial), 
	CONSTRAINT fk_return_bulletin_made_by FOREIGN KEY(made_by) REFERENCES account (id)
);

CREATE TABLE incoming_return (
	matter_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	returned_on DATE NOT NULL, 
	reasons VARCHAR NOT NULL, 
	way VARCHAR NOT NULL, 
	handler VARCHAR NOT NULL, 
	words_content_id INTEGER, 
	bulletin_id INTEGER, 
	resubmitted_id INTEGER, 
	CONSTRAINT pk_incoming_return PRIMARY KEY (matter_id), 
	CONSTRAINT uq_incoming_return_year_serial UNIQUE (year, serial), 
	CONSTRAINT fk_incoming_return_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_incoming_return_words_content_id FOREIGN KEY(words_content_id) REFERENCES content (id), 
	CONSTRAINT fk_incoming_return_bulletin_id FOREIGN KEY(bulletin_id) REFERENCES return_bulletin (id), 
	CONSTRAINT fk_incoming_return_resubmitted_id FOREIGN KEY(resubmitted_id) REFERENCES matter (id)
);

CREATE INDEX ix_incoming_return_bulletin_id ON incoming_return (bulletin_id);

CREATE TABLE incoming_envelope (
	matter_id INTEGER NOT NULL, 
	envelope_number VARCHAR NOT NULL, 
	opener_id INTEGER NOT NULL, 
	is_personal BOOLEAN NOT NULL, 
	opened_at BIGINT, 
	CONSTRAINT pk_incoming_envelope PRIMARY KEY (matter_id), 
	CONSTRAINT fk_incoming_envelope_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_incoming_envelope_opener_id FOREIGN KEY(opener_id) REFERENCES person (id)
);

CREATE INDEX ix_copy_copy_number ON copy (copy_number);

CREATE INDEX ix_copy_ended_on_place ON copy (ended_on, place);

CREATE TABLE exchange_partner (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	vault_id VARCHAR NOT NULL, 
	added_on DATE NOT NULL, 
	added_by INTEGER NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT pk_exchange_partner PRIMARY KEY (id), 
	CONSTRAINT uq_exchange_partner_vault_id UNIQUE (vault_id), 
	CONSTRAINT fk_exchange_partner_added_by FOREIGN KEY(added_by) REFERENCES account (id)
);

CREATE TABLE exchange_packet (
	id INTEGER NOT NULL, 
	partner_id INTEGER NOT NULL, 
	is_sent BOOLEAN NOT NULL, 
	number INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	carrier VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" INTEGER NOT NULL, 
	receipt_at BIGINT, 
	CONSTRAINT pk_exchange_packet PRIMARY KEY (id), 
	CONSTRAINT uq_exchange_packet_partner_id_is_sent_digest UNIQUE (partner_id, is_sent, digest), 
	CONSTRAINT fk_exchange_packet_partner_id FOREIGN KEY(partner_id) REFERENCES exchange_partner (id), 
	CONSTRAINT fk_exchange_packet_by FOREIGN KEY("by") REFERENCES account (id)
);

CREATE INDEX ix_exchange_packet_at ON exchange_packet (at);

CREATE TABLE exchange_item (
	id INTEGER NOT NULL, 
	packet_id INTEGER NOT NULL, 
	document_number VARCHAR NOT NULL, 
	matter_id INTEGER, 
	state VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	CONSTRAINT pk_exchange_item PRIMARY KEY (id), 
	CONSTRAINT fk_exchange_item_packet_id FOREIGN KEY(packet_id) REFERENCES exchange_packet (id), 
	CONSTRAINT fk_exchange_item_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id)
);

CREATE INDEX ix_exchange_item_matter_id ON exchange_item (matter_id);

CREATE INDEX ix_exchange_item_packet_id_id ON exchange_item (packet_id, id);

CREATE TABLE print (
	id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	matter_id INTEGER, 
	way VARCHAR NOT NULL, 
	target VARCHAR NOT NULL, 
	copies INTEGER NOT NULL, 
	first_copy INTEGER NOT NULL, 
	pages VARCHAR NOT NULL, 
	account_id INTEGER NOT NULL, 
	made_at BIGINT NOT NULL, 
	entry INTEGER NOT NULL, 
	CONSTRAINT pk_print PRIMARY KEY (id), 
	CONSTRAINT uq_print_code UNIQUE (code), 
	CONSTRAINT fk_print_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_print_account_id_id ON print (account_id, id);

CREATE INDEX ix_print_matter_id_what ON print (matter_id, what);

CREATE TABLE printer_shift (
	printer VARCHAR NOT NULL, 
	right_mm DOUBLE NOT NULL, 
	down_mm DOUBLE NOT NULL, 
	CONSTRAINT pk_printer_shift PRIMARY KEY (printer)
);

DROP INDEX ix_matter_is_open_due_on_id;

DROP INDEX ix_matter_kind_created_on_id;

DROP INDEX ix_matter_kind_is_open_due_on_id;

DROP INDEX ix_matter_kind_number_order_id;

DROP INDEX ix_matter_kind_unit_id;

CREATE TABLE matter_tally (
	account_id INTEGER NOT NULL, 
	sorting VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	level INTEGER NOT NULL, 
	span INTEGER NOT NULL, 
	n INTEGER NOT NULL, 
	CONSTRAINT pk_matter_tally PRIMARY KEY (account_id, sorting, kind, state, level, span)
)
 WITHOUT ROWID;

CREATE INDEX ix_matter_created ON matter (created_on, id, kind, state, level, office_wide);

CREATE INDEX ix_matter_kind_created ON matter (kind, created_on, id, state, level, office_wide);

CREATE INDEX ix_matter_kind_due ON matter (kind, due_on, id DESC, created_on, state, level, office_wide);

CREATE INDEX ix_matter_kind_number ON matter (kind, number_order, id, created_on, state, level, office_wide);

CREATE INDEX ix_matter_kind_unit ON matter (kind, unit, id, created_on, state, level, office_wide);

CREATE INDEX ix_matter_open_created ON matter (created_on, id, kind, state, level, office_wide) WHERE is_open IS 1;

CREATE INDEX ix_matter_open_due ON matter (due_on, id DESC, kind, state, level, office_wide) WHERE is_open IS 1;

CREATE INDEX ix_matter_open_kind_created ON matter (kind, created_on, id, state, level, office_wide) WHERE is_open IS 1;

CREATE INDEX ix_matter_open_kind_due ON matter (kind, due_on, id DESC, state, level, office_wide) WHERE is_open IS 1;

CREATE INDEX ix_matter_open_kind_number ON matter (kind, number_order, id, state, level, office_wide) WHERE is_open IS 1;

CREATE INDEX ix_matter_open_kind_unit ON matter (kind, unit, id, state, level, office_wide) WHERE is_open IS 1;

INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT * FROM (SELECT 0, 'month', m.kind, m.state, m.level, CAST(substr(m.created_on, 1, 4) || substr(m.created_on, 6, 2) AS INTEGER), 1 AS n FROM matter AS m WHERE m.office_wide UNION ALL SELECT 0, 'number', m.kind, m.state, m.level, m.number_order / 1000, 1 AS n FROM matter AS m WHERE m.office_wide UNION ALL SELECT 0, 'year', m.kind, m.state, m.level, CAST(substr(m.created_on, 1, 4) AS INTEGER), 1 AS n FROM matter AS m WHERE m.office_wide UNION ALL SELECT 0, 'number_year', m.kind, m.state, m.level, m.number_order / 1000000, 1 AS n FROM matter AS m WHERE m.office_wide UNION ALL SELECT r.account_id, 'month', m.kind, m.state, m.level, CAST(substr(m.created_on, 1, 4) || substr(m.created_on, 6, 2) AS INTEGER), 1 FROM matter_reader AS r JOIN matter AS m ON m.id = r.matter_id WHERE NOT m.office_wide UNION ALL SELECT r.account_id, 'number', m.kind, m.state, m.level, m.number_order / 1000, 1 FROM matter_reader AS r JOIN matter AS m ON m.id = r.matter_id WHERE NOT m.office_wide UNION ALL SELECT r.account_id, 'year', m.kind, m.state, m.level, CAST(substr(m.created_on, 1, 4) AS INTEGER), 1 FROM matter_reader AS r JOIN matter AS m ON m.id = r.matter_id WHERE NOT m.office_wide UNION ALL SELECT r.account_id, 'number_year', m.kind, m.state, m.level, m.number_order / 1000000, 1 FROM matter_reader AS r JOIN matter AS m ON m.id = r.matter_id WHERE NOT m.office_wide) WHERE true ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n;

CREATE TRIGGER tally_on_insert AFTER INSERT ON matter BEGIN INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'month', NEW.kind, NEW.state, NEW.level, CAST(substr(NEW.created_on, 1, 4) || substr(NEW.created_on, 6, 2) AS INTEGER), 1 WHERE NEW.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'number', NEW.kind, NEW.state, NEW.level, NEW.number_order / 1000, 1 WHERE NEW.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'year', NEW.kind, NEW.state, NEW.level, CAST(substr(NEW.created_on, 1, 4) AS INTEGER), 1 WHERE NEW.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'number_year', NEW.kind, NEW.state, NEW.level, NEW.number_order / 1000000, 1 WHERE NEW.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; END;

CREATE TRIGGER tally_on_delete AFTER DELETE ON matter BEGIN INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'month', OLD.kind, OLD.state, OLD.level, CAST(substr(OLD.created_on, 1, 4) || substr(OLD.created_on, 6, 2) AS INTEGER), -1 WHERE OLD.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'number', OLD.kind, OLD.state, OLD.level, OLD.number_order / 1000, -1 WHERE OLD.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'year', OLD.kind, OLD.state, OLD.level, CAST(substr(OLD.created_on, 1, 4) AS INTEGER), -1 WHERE OLD.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'number_year', OLD.kind, OLD.state, OLD.level, OLD.number_order / 1000000, -1 WHERE OLD.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; END;

CREATE TRIGGER tally_on_update AFTER UPDATE OF kind, state, level, created_on, number_order, office_wide ON matter WHEN OLD.kind IS NOT NEW.kind OR OLD.state IS NOT NEW.state OR OLD.level IS NOT NEW.level OR OLD.created_on IS NOT NEW.created_on OR OLD.number_order IS NOT NEW.number_order OR OLD.office_wide IS NOT NEW.office_wide BEGIN INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'month', OLD.kind, OLD.state, OLD.level, CAST(substr(OLD.created_on, 1, 4) || substr(OLD.created_on, 6, 2) AS INTEGER), -1 WHERE OLD.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'number', OLD.kind, OLD.state, OLD.level, OLD.number_order / 1000, -1 WHERE OLD.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'year', OLD.kind, OLD.state, OLD.level, CAST(substr(OLD.created_on, 1, 4) AS INTEGER), -1 WHERE OLD.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'number_year', OLD.kind, OLD.state, OLD.level, OLD.number_order / 1000000, -1 WHERE OLD.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT r.account_id, 'month', OLD.kind, OLD.state, OLD.level, CAST(substr(OLD.created_on, 1, 4) || substr(OLD.created_on, 6, 2) AS INTEGER), -1 FROM matter_reader AS r WHERE r.matter_id = OLD.id AND NOT OLD.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT r.account_id, 'number', OLD.kind, OLD.state, OLD.level, OLD.number_order / 1000, -1 FROM matter_reader AS r WHERE r.matter_id = OLD.id AND NOT OLD.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT r.account_id, 'year', OLD.kind, OLD.state, OLD.level, CAST(substr(OLD.created_on, 1, 4) AS INTEGER), -1 FROM matter_reader AS r WHERE r.matter_id = OLD.id AND NOT OLD.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT r.account_id, 'number_year', OLD.kind, OLD.state, OLD.level, OLD.number_order / 1000000, -1 FROM matter_reader AS r WHERE r.matter_id = OLD.id AND NOT OLD.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'month', NEW.kind, NEW.state, NEW.level, CAST(substr(NEW.created_on, 1, 4) || substr(NEW.created_on, 6, 2) AS INTEGER), 1 WHERE NEW.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'number', NEW.kind, NEW.state, NEW.level, NEW.number_order / 1000, 1 WHERE NEW.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'year', NEW.kind, NEW.state, NEW.level, CAST(substr(NEW.created_on, 1, 4) AS INTEGER), 1 WHERE NEW.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT 0, 'number_year', NEW.kind, NEW.state, NEW.level, NEW.number_order / 1000000, 1 WHERE NEW.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT r.account_id, 'month', NEW.kind, NEW.state, NEW.level, CAST(substr(NEW.created_on, 1, 4) || substr(NEW.created_on, 6, 2) AS INTEGER), 1 FROM matter_reader AS r WHERE r.matter_id = NEW.id AND NOT NEW.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT r.account_id, 'number', NEW.kind, NEW.state, NEW.level, NEW.number_order / 1000, 1 FROM matter_reader AS r WHERE r.matter_id = NEW.id AND NOT NEW.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT r.account_id, 'year', NEW.kind, NEW.state, NEW.level, CAST(substr(NEW.created_on, 1, 4) AS INTEGER), 1 FROM matter_reader AS r WHERE r.matter_id = NEW.id AND NOT NEW.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT r.account_id, 'number_year', NEW.kind, NEW.state, NEW.level, NEW.number_order / 1000000, 1 FROM matter_reader AS r WHERE r.matter_id = NEW.id AND NOT NEW.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; END;

CREATE TRIGGER tally_on_reader AFTER INSERT ON matter_reader BEGIN INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT NEW.account_id, 'month', m.kind, m.state, m.level, CAST(substr(m.created_on, 1, 4) || substr(m.created_on, 6, 2) AS INTEGER), 1 FROM matter AS m WHERE m.id = NEW.matter_id AND NOT m.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT NEW.account_id, 'number', m.kind, m.state, m.level, m.number_order / 1000, 1 FROM matter AS m WHERE m.id = NEW.matter_id AND NOT m.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT NEW.account_id, 'year', m.kind, m.state, m.level, CAST(substr(m.created_on, 1, 4) AS INTEGER), 1 FROM matter AS m WHERE m.id = NEW.matter_id AND NOT m.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT NEW.account_id, 'number_year', m.kind, m.state, m.level, m.number_order / 1000000, 1 FROM matter AS m WHERE m.id = NEW.matter_id AND NOT m.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; END;

CREATE TRIGGER tally_off_reader AFTER DELETE ON matter_reader BEGIN INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT OLD.account_id, 'month', m.kind, m.state, m.level, CAST(substr(m.created_on, 1, 4) || substr(m.created_on, 6, 2) AS INTEGER), -1 FROM matter AS m WHERE m.id = OLD.matter_id AND NOT m.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT OLD.account_id, 'number', m.kind, m.state, m.level, m.number_order / 1000, -1 FROM matter AS m WHERE m.id = OLD.matter_id AND NOT m.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT OLD.account_id, 'year', m.kind, m.state, m.level, CAST(substr(m.created_on, 1, 4) AS INTEGER), -1 FROM matter AS m WHERE m.id = OLD.matter_id AND NOT m.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; INSERT INTO matter_tally (account_id, sorting, kind, state, level, span, n) SELECT OLD.account_id, 'number_year', m.kind, m.state, m.level, m.number_order / 1000000, -1 FROM matter AS m WHERE m.id = OLD.matter_id AND NOT m.office_wide ON CONFLICT (account_id, sorting, kind, state, level, span) DO UPDATE SET n = n + excluded.n; END;

CREATE TABLE medium (
	id INTEGER NOT NULL, 
	mark VARCHAR NOT NULL, 
	number VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	level INTEGER NOT NULL, 
	keeper VARCHAR NOT NULL, 
	registered_on DATE NOT NULL, 
	registered_by INTEGER NOT NULL, 
	ended_on DATE, 
	CONSTRAINT pk_medium PRIMARY KEY (id), 
	CONSTRAINT uq_medium_mark UNIQUE (mark), 
	CONSTRAINT uq_medium_number UNIQUE (number), 
	CONSTRAINT fk_medium_registered_by FOREIGN KEY(registered_by) REFERENCES account (id)
);

CREATE TABLE restore_drill (
	id INTEGER NOT NULL, 
	set_name VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" INTEGER NOT NULL, 
	is_good BOOLEAN NOT NULL, 
	CONSTRAINT pk_restore_drill PRIMARY KEY (id), 
	CONSTRAINT fk_restore_drill_by FOREIGN KEY("by") REFERENCES account (id)
);

CREATE INDEX ix_restore_drill_at ON restore_drill (at);

CREATE TABLE backup_run (
	id INTEGER NOT NULL, 
	medium_id INTEGER, 
	set_name VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	"by" INTEGER NOT NULL, 
	bytes INTEGER NOT NULL, 
	is_proven BOOLEAN NOT NULL, 
	CONSTRAINT pk_backup_run PRIMARY KEY (id), 
	CONSTRAINT fk_backup_run_medium_id FOREIGN KEY(medium_id) REFERENCES medium (id), 
	CONSTRAINT fk_backup_run_by FOREIGN KEY("by") REFERENCES account (id)
);

CREATE INDEX ix_backup_run_at ON backup_run (at);

CREATE INDEX ix_backup_run_medium_id_at ON backup_run (medium_id, at);

ALTER TABLE outgoing ADD COLUMN kept_rules VARCHAR DEFAULT '' NOT NULL;

CREATE INDEX ix_step_due_on ON step (due_on);

CREATE INDEX ix_step_outcome_done_at ON step (outcome, done_at);

CREATE TABLE act_batch (
	id INTEGER NOT NULL, 
	verb VARCHAR NOT NULL, 
	account_id INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	undone_at BIGINT, 
	CONSTRAINT pk_act_batch PRIMARY KEY (id), 
	CONSTRAINT fk_act_batch_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE INDEX ix_act_batch_account_id_id ON act_batch (account_id, id);

CREATE TABLE act_batch_line (
	batch_id INTEGER NOT NULL, 
	matter_id INTEGER NOT NULL, 
	changed INTEGER NOT NULL, 
	"before" VARCHAR NOT NULL, 
	CONSTRAINT pk_act_batch_line PRIMARY KEY (batch_id, matter_id), 
	CONSTRAINT fk_act_batch_line_batch_id FOREIGN KEY(batch_id) REFERENCES act_batch (id), 
	CONSTRAINT fk_act_batch_line_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id)
);

CREATE INDEX ix_act_batch_line_matter_id ON act_batch_line (matter_id);

CREATE INDEX ix_step_instruction ON step (said_on, id, nature, matter_id) WHERE nature != '';

CREATE INDEX ix_matter_title_content_id ON matter (title_content_id) WHERE title_content_id IS NOT NULL;

CREATE INDEX ix_step_opinion_content_id ON step (opinion_content_id) WHERE opinion_content_id IS NOT NULL;

CREATE INDEX ix_step_note_content_id ON step (note_content_id) WHERE note_content_id IS NOT NULL;

CREATE INDEX ix_step_corrects_id ON step (corrects_id) WHERE corrects_id IS NOT NULL;

CREATE INDEX ix_matter_content_text_content_id ON matter_content (text_content_id) WHERE text_content_id IS NOT NULL;

CREATE INDEX ix_planned_step_step_id ON planned_step (step_id) WHERE step_id IS NOT NULL;

CREATE INDEX ix_planned_step_note_content_id ON planned_step (note_content_id) WHERE note_content_id IS NOT NULL;

CREATE INDEX ix_matter_content_name_content_id ON matter_content (name_content_id);

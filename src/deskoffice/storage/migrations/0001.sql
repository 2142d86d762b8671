CREATE TABLE account_key (
	id INTEGER NOT NULL, 
	login TEXT NOT NULL, 
	sealing_public BLOB NOT NULL, 
	signing_public BLOB NOT NULL, 
	office BOOLEAN NOT NULL, 
	created_at INTEGER NOT NULL, 
	disabled_at INTEGER, 
	CONSTRAINT pk_account_key PRIMARY KEY (id), 
	CONSTRAINT uq_account_key_login UNIQUE (login)
);

CREATE TABLE audit (
	seq INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	chain BLOB NOT NULL, 
	subject TEXT GENERATED ALWAYS AS (json_extract(body, '$.subject')) VIRTUAL, 
	action TEXT GENERATED ALWAYS AS (json_extract(body, '$.action')) VIRTUAL, 
	account_id INTEGER GENERATED ALWAYS AS (json_extract(body, '$.account')) VIRTUAL, 
	at INTEGER GENERATED ALWAYS AS (json_extract(body, '$.at')) VIRTUAL, 
	CONSTRAINT pk_audit PRIMARY KEY (seq)
);

CREATE INDEX ix_audit_account_id ON audit (account_id);

CREATE INDEX ix_audit_action ON audit (action);

CREATE INDEX ix_audit_at ON audit (at);

CREATE INDEX ix_audit_subject ON audit (subject);

CREATE TABLE audit_frontier (
	id INTEGER NOT NULL, 
	size INTEGER NOT NULL, 
	hashes BLOB NOT NULL, 
	chain BLOB NOT NULL, 
	highest_at INTEGER NOT NULL, 
	last_at INTEGER NOT NULL, 
	last_boot TEXT NOT NULL, 
	last_running INTEGER NOT NULL, 
	CONSTRAINT pk_audit_frontier PRIMARY KEY (id)
);

CREATE TABLE calendar_day (
	day DATE NOT NULL, 
	is_workday BOOLEAN NOT NULL, 
	name VARCHAR NOT NULL, 
	CONSTRAINT pk_calendar_day PRIMARY KEY (day)
);

CREATE TABLE office_key (
	generation INTEGER NOT NULL, 
	public BLOB NOT NULL, 
	created_at INTEGER NOT NULL, 
	retired_at INTEGER, 
	CONSTRAINT pk_office_key PRIMARY KEY (generation)
);

CREATE TABLE person (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	initials VARCHAR NOT NULL, 
	rank INTEGER NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (id)
);

CREATE TABLE series (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	issuer_mark VARCHAR NOT NULL, 
	is_retired BOOLEAN NOT NULL, 
	CONSTRAINT pk_series PRIMARY KEY (id), 
	CONSTRAINT uq_series_code UNIQUE (code)
);

CREATE TABLE setting (
	"key" VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY ("key")
);

CREATE TABLE unit (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	short_name VARCHAR NOT NULL, 
	initials VARCHAR NOT NULL, 
	rank INTEGER NOT NULL, 
	is_own BOOLEAN NOT NULL, 
	CONSTRAINT pk_unit PRIMARY KEY (id), 
	CONSTRAINT uq_unit_name UNIQUE (name)
);

CREATE TABLE vault_value (
	name TEXT NOT NULL, 
	value BLOB NOT NULL, 
	CONSTRAINT pk_vault_value PRIMARY KEY (name)
);

CREATE TABLE account (
	id INTEGER NOT NULL, 
	login VARCHAR NOT NULL, 
	person_id INTEGER NOT NULL, 
	clearance INTEGER NOT NULL, 
	is_disabled BOOLEAN NOT NULL, 
	CONSTRAINT pk_account PRIMARY KEY (id), 
	CONSTRAINT fk_account_id FOREIGN KEY(id) REFERENCES account_key (id), 
	CONSTRAINT uq_account_login UNIQUE (login), 
	CONSTRAINT fk_account_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);

CREATE TABLE checkpoint (
	id INTEGER NOT NULL, 
	size INTEGER NOT NULL, 
	hashes BLOB NOT NULL, 
	account_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_checkpoint PRIMARY KEY (id), 
	CONSTRAINT fk_checkpoint_account_id FOREIGN KEY(account_id) REFERENCES account_key (id)
);

CREATE INDEX ix_checkpoint_account_id_size ON checkpoint (account_id, size);

CREATE TABLE content (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	version INTEGER NOT NULL, 
	suite TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	sealed BLOB, 
	author_id INTEGER NOT NULL, 
	created_at INTEGER NOT NULL, 
	signature BLOB NOT NULL, 
	CONSTRAINT fk_content_author_id FOREIGN KEY(author_id) REFERENCES account_key (id)
);

CREATE TABLE former_key (
	account_id INTEGER NOT NULL, 
	signing_public BLOB NOT NULL, 
	CONSTRAINT pk_former_key PRIMARY KEY (account_id, signing_public), 
	CONSTRAINT fk_former_key_account_id FOREIGN KEY(account_id) REFERENCES account_key (id)
);

CREATE TABLE office_key_grant (
	generation INTEGER NOT NULL, 
	reader INTEGER NOT NULL, 
	wrapped BLOB NOT NULL, 
	CONSTRAINT pk_office_key_grant PRIMARY KEY (generation, reader), 
	CONSTRAINT fk_office_key_grant_generation FOREIGN KEY(generation) REFERENCES office_key (generation)
);

CREATE TABLE post (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	unit_id INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	from_on DATE NOT NULL, 
	to_on DATE, 
	CONSTRAINT pk_post PRIMARY KEY (id), 
	CONSTRAINT fk_post_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_post_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id)
);

CREATE INDEX ix_post_person_id_from_on ON post (person_id, from_on);

CREATE TABLE wrapping_key (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	reader INTEGER NOT NULL, 
	generation INTEGER, 
	wrapped BLOB NOT NULL, 
	CONSTRAINT fk_wrapping_key_generation FOREIGN KEY(generation) REFERENCES office_key (generation)
);

CREATE TABLE account_role (
	account_id INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	CONSTRAINT pk_account_role PRIMARY KEY (account_id, role), 
	CONSTRAINT fk_account_role_account_id FOREIGN KEY(account_id) REFERENCES account (id)
);

CREATE TABLE content_grant (
	content_id INTEGER NOT NULL, 
	reader INTEGER NOT NULL, 
	wrapping_key_id INTEGER NOT NULL, 
	wrapped BLOB NOT NULL, 
	CONSTRAINT pk_content_grant PRIMARY KEY (content_id, reader), 
	CONSTRAINT fk_content_grant_content_id FOREIGN KEY(content_id) REFERENCES content (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_content_grant_reader_content_id ON content_grant (reader, content_id);

CREATE TABLE content_head (
	content_id INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_content_head PRIMARY KEY (content_id), 
	CONSTRAINT fk_content_head_content_id FOREIGN KEY(content_id) REFERENCES content (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE matter (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	is_open BOOLEAN NOT NULL, 
	number VARCHAR NOT NULL, 
	number_order INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	title_content_id INTEGER, 
	unit VARCHAR NOT NULL, 
	document_number VARCHAR NOT NULL, 
	level INTEGER NOT NULL, 
	secrecy_years INTEGER, 
	urgency INTEGER NOT NULL, 
	due_on DATE, 
	holder VARCHAR NOT NULL, 
	held_since DATE, 
	created_on DATE NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by INTEGER NOT NULL, 
	closed_on DATE, 
	retention VARCHAR NOT NULL, 
	office_wide BOOLEAN NOT NULL, 
	changed INTEGER NOT NULL, 
	CONSTRAINT pk_matter PRIMARY KEY (id), 
	CONSTRAINT ck_matter_level CHECK (level BETWEEN 0 AND 4), 
	CONSTRAINT ck_matter_office_wide_level CHECK (NOT office_wide OR level <= 1), 
	CONSTRAINT ck_matter_title_in_one_place CHECK ((title = '') = (title_content_id IS NOT NULL)), 
	CONSTRAINT fk_matter_title_content_id FOREIGN KEY(title_content_id) REFERENCES content (id), 
	CONSTRAINT fk_matter_created_by FOREIGN KEY(created_by) REFERENCES account (id)
);

CREATE INDEX ix_matter_changed ON matter (changed);

CREATE INDEX ix_matter_document_number ON matter (document_number);

CREATE INDEX ix_matter_is_open_due_on_id ON matter (is_open, due_on, id);

CREATE INDEX ix_matter_kind_created_on_id ON matter (kind, created_on, id);

CREATE INDEX ix_matter_kind_is_open_due_on_id ON matter (kind, is_open, due_on, id);

CREATE INDEX ix_matter_kind_number_order_id ON matter (kind, number_order, id);

CREATE INDEX ix_matter_kind_unit_id ON matter (kind, unit, id);

CREATE TABLE note (
	account_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	content_id INTEGER NOT NULL, 
	kept_at BIGINT NOT NULL, 
	CONSTRAINT pk_note PRIMARY KEY (account_id, "key"), 
	CONSTRAINT fk_note_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_note_content_id FOREIGN KEY(content_id) REFERENCES content (id)
);

CREATE TABLE seal (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	material VARCHAR NOT NULL, 
	size VARCHAR NOT NULL, 
	keeper_id INTEGER NOT NULL, 
	deputy_id INTEGER, 
	enabled_by VARCHAR NOT NULL, 
	enabled_on DATE, 
	place VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	imprint_content_id INTEGER, 
	CONSTRAINT pk_seal PRIMARY KEY (id), 
	CONSTRAINT uq_seal_name UNIQUE (name), 
	CONSTRAINT fk_seal_keeper_id FOREIGN KEY(keeper_id) REFERENCES person (id), 
	CONSTRAINT fk_seal_deputy_id FOREIGN KEY(deputy_id) REFERENCES person (id), 
	CONSTRAINT fk_seal_imprint_content_id FOREIGN KEY(imprint_content_id) REFERENCES content (id)
);

CREATE TABLE copy (
	id INTEGER NOT NULL, 
	matter_id INTEGER NOT NULL, 
	copy_number VARCHAR NOT NULL, 
	holder VARCHAR NOT NULL, 
	held_since DATE NOT NULL, 
	must_return BOOLEAN NOT NULL, 
	due_on DATE, 
	ended_on DATE, 
	ending VARCHAR NOT NULL, 
	CONSTRAINT pk_copy PRIMARY KEY (id), 
	CONSTRAINT fk_copy_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id)
);

CREATE INDEX ix_copy_matter_id_copy_number ON copy (matter_id, copy_number);

CREATE INDEX ix_copy_must_return_ended_on_due_on ON copy (must_return, ended_on, due_on);

CREATE TABLE incoming (
	matter_id INTEGER NOT NULL, 
	post_kind VARCHAR NOT NULL, 
	received_on DATE NOT NULL, 
	document_date DATE, 
	number_key VARCHAR NOT NULL, 
	copy_number VARCHAR NOT NULL, 
	copies INTEGER NOT NULL, 
	pages INTEGER, 
	addressee VARCHAR NOT NULL, 
	must_return BOOLEAN NOT NULL, 
	CONSTRAINT pk_incoming PRIMARY KEY (matter_id), 
	CONSTRAINT fk_incoming_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id)
);

CREATE INDEX ix_incoming_number_key_copy_number ON incoming (number_key, copy_number);

CREATE TABLE link (
	id INTEGER NOT NULL, 
	from_id INTEGER NOT NULL, 
	to_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	CONSTRAINT pk_link PRIMARY KEY (id), 
	CONSTRAINT uq_link_from_id_to_id_kind UNIQUE (from_id, to_id, kind), 
	CONSTRAINT fk_link_from_id FOREIGN KEY(from_id) REFERENCES matter (id), 
	CONSTRAINT fk_link_to_id FOREIGN KEY(to_id) REFERENCES matter (id)
);

CREATE INDEX ix_link_to_id ON link (to_id);

CREATE TABLE matter_content (
	id INTEGER NOT NULL, 
	matter_id INTEGER NOT NULL, 
	content_id INTEGER NOT NULL, 
	name_content_id INTEGER NOT NULL, 
	text_content_id INTEGER, 
	role VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	media_type VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	author_id INTEGER NOT NULL, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_matter_content PRIMARY KEY (id), 
	CONSTRAINT fk_matter_content_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_matter_content_content_id FOREIGN KEY(content_id) REFERENCES content (id), 
	CONSTRAINT fk_matter_content_name_content_id FOREIGN KEY(name_content_id) REFERENCES content (id), 
	CONSTRAINT fk_matter_content_text_content_id FOREIGN KEY(text_content_id) REFERENCES content (id), 
	CONSTRAINT fk_matter_content_author_id FOREIGN KEY(author_id) REFERENCES account (id)
);

CREATE INDEX ix_matter_content_content_id ON matter_content (content_id);

CREATE INDEX ix_matter_content_matter_id_id ON matter_content (matter_id, id);

CREATE TABLE matter_reader (
	matter_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	added_at BIGINT NOT NULL, 
	added_by INTEGER NOT NULL, 
	CONSTRAINT pk_matter_reader PRIMARY KEY (matter_id, account_id), 
	CONSTRAINT fk_matter_reader_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_matter_reader_account_id FOREIGN KEY(account_id) REFERENCES account (id), 
	CONSTRAINT fk_matter_reader_added_by FOREIGN KEY(added_by) REFERENCES account (id)
);

CREATE INDEX ix_matter_reader_account_id_matter_id ON matter_reader (account_id, matter_id);

CREATE TABLE matter_text (
	content_id INTEGER NOT NULL, 
	matter_id INTEGER NOT NULL, 
	CONSTRAINT pk_matter_text PRIMARY KEY (content_id), 
	CONSTRAINT fk_matter_text_content_id FOREIGN KEY(content_id) REFERENCES content (id), 
	CONSTRAINT fk_matter_text_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id)
);

CREATE INDEX ix_matter_text_matter_id ON matter_text (matter_id);

CREATE TABLE meeting (
	matter_id INTEGER NOT NULL, 
	series VARCHAR NOT NULL, 
	ordinal INTEGER, 
	place VARCHAR NOT NULL, 
	starts_at BIGINT NOT NULL, 
	ends_at BIGINT NOT NULL, 
	form VARCHAR NOT NULL, 
	chair_id INTEGER NOT NULL, 
	size INTEGER, 
	recorder VARCHAR NOT NULL, 
	CONSTRAINT pk_meeting PRIMARY KEY (matter_id), 
	CONSTRAINT uq_meeting_series_ordinal UNIQUE (series, ordinal), 
	CONSTRAINT fk_meeting_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_meeting_chair_id FOREIGN KEY(chair_id) REFERENCES person (id)
);

CREATE INDEX ix_meeting_starts_at ON meeting (starts_at);

CREATE TABLE meeting_attendee (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	standing VARCHAR NOT NULL, 
	person_id INTEGER, 
	person VARCHAR NOT NULL, 
	post VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	presence VARCHAR NOT NULL, 
	signed_at BIGINT, 
	stand_in VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_meeting_attendee PRIMARY KEY (id), 
	CONSTRAINT fk_meeting_attendee_meeting_id FOREIGN KEY(meeting_id) REFERENCES matter (id), 
	CONSTRAINT fk_meeting_attendee_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);

CREATE INDEX ix_meeting_attendee_meeting_id_position ON meeting_attendee (meeting_id, position);

CREATE TABLE meeting_topic (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	title_content_id INTEGER NOT NULL, 
	reporter VARCHAR NOT NULL, 
	units VARCHAR NOT NULL, 
	CONSTRAINT pk_meeting_topic PRIMARY KEY (id), 
	CONSTRAINT fk_meeting_topic_meeting_id FOREIGN KEY(meeting_id) REFERENCES matter (id), 
	CONSTRAINT fk_meeting_topic_title_content_id FOREIGN KEY(title_content_id) REFERENCES content (id)
);

CREATE INDEX ix_meeting_topic_meeting_id_position ON meeting_topic (meeting_id, position);

CREATE TABLE number (
	id INTEGER NOT NULL, 
	series_id INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	matter_id INTEGER, 
	state VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	"on" DATE NOT NULL, 
	CONSTRAINT pk_number PRIMARY KEY (id), 
	CONSTRAINT uq_number_series_id_year_serial UNIQUE (series_id, year, serial), 
	CONSTRAINT fk_number_series_id FOREIGN KEY(series_id) REFERENCES series (id), 
	CONSTRAINT fk_number_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id)
);

CREATE INDEX ix_number_matter_id ON number (matter_id);

CREATE TABLE outgoing (
	matter_id INTEGER NOT NULL, 
	document_kind VARCHAR NOT NULL, 
	series_id INTEGER NOT NULL, 
	addressee VARCHAR NOT NULL, 
	copy_to VARCHAR NOT NULL, 
	details_content_id INTEGER NOT NULL, 
	printed_copies INTEGER NOT NULL, 
	signer VARCHAR NOT NULL, 
	signed_on DATE, 
	approved_content_id INTEGER, 
	dispatched_on DATE, 
	CONSTRAINT pk_outgoing PRIMARY KEY (matter_id), 
	CONSTRAINT fk_outgoing_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_outgoing_series_id FOREIGN KEY(series_id) REFERENCES series (id), 
	CONSTRAINT fk_outgoing_details_content_id FOREIGN KEY(details_content_id) REFERENCES content (id), 
	CONSTRAINT fk_outgoing_approved_content_id FOREIGN KEY(approved_content_id) REFERENCES content (id)
);

CREATE TABLE seal_event (
	id INTEGER NOT NULL, 
	seal_id INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	event VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	"by" VARCHAR NOT NULL, 
	from_person VARCHAR NOT NULL, 
	to_person VARCHAR NOT NULL, 
	witnesses VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	content_id INTEGER, 
	CONSTRAINT pk_seal_event PRIMARY KEY (id), 
	CONSTRAINT fk_seal_event_seal_id FOREIGN KEY(seal_id) REFERENCES seal (id), 
	CONSTRAINT fk_seal_event_content_id FOREIGN KEY(content_id) REFERENCES content (id)
);

CREATE INDEX ix_seal_event_seal_id_id ON seal_event (seal_id, id);

CREATE TABLE seal_use (
	matter_id INTEGER NOT NULL, 
	seal_id INTEGER, 
	paper_kind VARCHAR NOT NULL, 
	paper_matter_id INTEGER NOT NULL, 
	copies INTEGER NOT NULL, 
	imprints INTEGER NOT NULL, 
	pages INTEGER, 
	is_straddling BOOLEAN NOT NULL, 
	approved_content_id INTEGER, 
	approved_digest VARCHAR NOT NULL, 
	stamped INTEGER NOT NULL, 
	spoiled INTEGER NOT NULL, 
	stamped_at BIGINT, 
	CONSTRAINT pk_seal_use PRIMARY KEY (matter_id), 
	CONSTRAINT ck_seal_use_no_more_than_approved CHECK (stamped <= imprints), 
	CONSTRAINT ck_seal_use_approved_before_stamped CHECK (stamped = 0 OR approved_digest <> ''), 
	CONSTRAINT fk_seal_use_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_seal_use_seal_id FOREIGN KEY(seal_id) REFERENCES seal (id), 
	CONSTRAINT fk_seal_use_paper_matter_id FOREIGN KEY(paper_matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_seal_use_approved_content_id FOREIGN KEY(approved_content_id) REFERENCES content (id)
);

CREATE INDEX ix_seal_use_paper_matter_id ON seal_use (paper_matter_id);

CREATE INDEX ix_seal_use_seal_id_matter_id ON seal_use (seal_id, matter_id);

CREATE TABLE step (
	id INTEGER NOT NULL, 
	matter_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	person_id INTEGER, 
	role VARCHAR NOT NULL, 
	person VARCHAR NOT NULL, 
	post VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	sent_at BIGINT NOT NULL, 
	sent_by INTEGER NOT NULL, 
	received_at BIGINT, 
	due_on DATE, 
	done_at BIGINT, 
	outcome VARCHAR NOT NULL, 
	opinion_content_id INTEGER, 
	note_content_id INTEGER, 
	recorded_by VARCHAR NOT NULL, 
	said_on DATE, 
	corrects_id INTEGER, 
	CONSTRAINT pk_step PRIMARY KEY (id), 
	CONSTRAINT fk_step_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_step_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_step_sent_by FOREIGN KEY(sent_by) REFERENCES account (id), 
	CONSTRAINT fk_step_opinion_content_id FOREIGN KEY(opinion_content_id) REFERENCES content (id), 
	CONSTRAINT fk_step_note_content_id FOREIGN KEY(note_content_id) REFERENCES content (id), 
	CONSTRAINT fk_step_corrects_id FOREIGN KEY(corrects_id) REFERENCES step (id)
);

CREATE INDEX ix_step_matter_id_id ON step (matter_id, id);

CREATE INDEX ix_step_person_id_done_at_matter_id ON step (person_id, done_at, matter_id);

CREATE INDEX ix_step_role_done_at_matter_id ON step (role, done_at, matter_id);

CREATE TABLE task (
	matter_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	leader VARCHAR NOT NULL, 
	lead_unit VARCHAR NOT NULL, 
	lead_person_id INTEGER, 
	others VARCHAR NOT NULL, 
	CONSTRAINT pk_task PRIMARY KEY (matter_id), 
	CONSTRAINT fk_task_matter_id FOREIGN KEY(matter_id) REFERENCES matter (id), 
	CONSTRAINT fk_task_lead_person_id FOREIGN KEY(lead_person_id) REFERENCES person (id)
);

CREATE TABLE meeting_decision (
	id INTEGER NOT NULL, 
	meeting_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	topic_id INTEGER, 
	task_id INTEGER NOT NULL, 
	CONSTRAINT pk_meeting_decision PRIMARY KEY (id), 
	CONSTRAINT uq_meeting_decision_meeting_id_position UNIQUE (meeting_id, position), 
	CONSTRAINT uq_meeting_decision_task_id UNIQUE (task_id), 
	CONSTRAINT fk_meeting_decision_meeting_id FOREIGN KEY(meeting_id) REFERENCES matter (id), 
	CONSTRAINT fk_meeting_decision_topic_id FOREIGN KEY(topic_id) REFERENCES meeting_topic (id), 
	CONSTRAINT fk_meeting_decision_task_id FOREIGN KEY(task_id) REFERENCES matter (id)
);

CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit) BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;

CREATE TRIGGER audit_keeps_on_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;

CREATE TRIGGER audit_keeps_on_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;

CREATE TRIGGER checkpoint_keeps_on_update BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;

CREATE TRIGGER checkpoint_keeps_on_delete BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;

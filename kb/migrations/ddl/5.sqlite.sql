CREATE TABLE instruments (
	"key" INTEGER NOT NULL,
	id TEXT NOT NULL,
	type TEXT,
	number TEXT,
	date TEXT,
	issuer TEXT,
	name TEXT NOT NULL,
	number_key TEXT,
	name_key TEXT,
	citations INTEGER NOT NULL,
	documents INTEGER NOT NULL,
	held BOOLEAN NOT NULL,
	CONSTRAINT pk_instruments PRIMARY KEY ("key"),
	CONSTRAINT ck_instruments_id CHECK (id <> ''),
	CONSTRAINT ck_instruments_counts CHECK (documents >= 0 AND citations >= documents),
	CONSTRAINT uq_instruments_id UNIQUE (id)
);

CREATE INDEX ix_instruments_most_cited ON instruments (held, documents DESC, citations DESC, id);

CREATE INDEX ix_instruments_name_key ON instruments (name_key);

CREATE INDEX ix_instruments_number_key ON instruments (number_key);

CREATE VIRTUAL TABLE mandate_words USING fts5(folded, content = '', columnsize = 0, detail = none, tokenize = 'unicode61 remove_diacritics 0');

CREATE VIRTUAL TABLE node_words USING fts5(folded, exact, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 0');

CREATE TABLE organisations (
	replaced_by TEXT,
	valid_from TEXT,
	valid_to TEXT,
	documents INTEGER NOT NULL,
	"key" INTEGER NOT NULL,
	name TEXT NOT NULL,
	name_key TEXT NOT NULL,
	kind TEXT NOT NULL,
	CONSTRAINT pk_organisations PRIMARY KEY ("key"),
	CONSTRAINT ck_organisations_valid CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to),
	CONSTRAINT ck_organisations_documents CHECK (documents >= 0),
	CONSTRAINT fk_organisations_replaced_by FOREIGN KEY(replaced_by) REFERENCES organisations (name),
	CONSTRAINT uq_organisations_name UNIQUE (name)
);

CREATE INDEX ix_organisations_name_key ON organisations (name_key);

CREATE TABLE places (
	replaced_by TEXT,
	within TEXT,
	valid_from TEXT,
	valid_to TEXT,
	documents INTEGER NOT NULL,
	"key" INTEGER NOT NULL,
	name TEXT NOT NULL,
	name_key TEXT NOT NULL,
	kind TEXT NOT NULL,
	CONSTRAINT pk_places PRIMARY KEY ("key"),
	CONSTRAINT ck_places_valid CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to),
	CONSTRAINT ck_places_documents CHECK (documents >= 0),
	CONSTRAINT fk_places_replaced_by FOREIGN KEY(replaced_by) REFERENCES places (name),
	CONSTRAINT fk_places_within FOREIGN KEY(within) REFERENCES places (name),
	CONSTRAINT uq_places_name UNIQUE (name)
);

CREATE INDEX ix_places_name_key ON places (name_key);

CREATE TABLE source_files (
	id INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	name TEXT NOT NULL,
	origin TEXT NOT NULL,
	size INTEGER NOT NULL,
	media_type TEXT NOT NULL,
	added DATETIME NOT NULL,
	data BLOB NOT NULL,
	CONSTRAINT pk_source_files PRIMARY KEY (id),
	CONSTRAINT ck_source_files_sha256 CHECK (length(sha256) = 64),
	CONSTRAINT ck_source_files_size CHECK (size >= 0),
	CONSTRAINT uq_source_files_sha256 UNIQUE (sha256)
);

CREATE INDEX ix_source_files_name ON source_files (name);

CREATE TABLE tallies (
	what TEXT NOT NULL,
	name TEXT NOT NULL,
	number INTEGER NOT NULL,
	CONSTRAINT pk_tallies PRIMARY KEY (what, name),
	CONSTRAINT ck_tallies_number CHECK (number >= 0)
)
 WITHOUT ROWID;

CREATE VIRTUAL TABLE target_words USING fts5(folded, content = '', columnsize = 0, detail = none, tokenize = 'unicode61 remove_diacritics 0');

CREATE TABLE vanban_schema (
	version INTEGER NOT NULL,
	CONSTRAINT pk_vanban_schema PRIMARY KEY (version)
);

CREATE TABLE documents (
	id INTEGER NOT NULL,
	source_id INTEGER NOT NULL,
	part INTEGER NOT NULL,
	instrument_id TEXT,
	current BOOLEAN NOT NULL,
	identified BOOLEAN NOT NULL,
	replaces_id INTEGER,
	parser TEXT NOT NULL,
	type TEXT,
	number TEXT,
	number_key TEXT,
	date TEXT,
	issuer TEXT,
	issuer_key TEXT NOT NULL,
	place TEXT,
	effective TEXT,
	title TEXT,
	added DATETIME NOT NULL,
	json BLOB NOT NULL,
	CONSTRAINT pk_documents PRIMARY KEY (id),
	CONSTRAINT ck_documents_id CHECK (id < 4194304),
	CONSTRAINT ck_documents_part CHECK (part >= 1),
	CONSTRAINT ck_documents_replaces CHECK (replaces_id <> id),
	CONSTRAINT ck_documents_identified CHECK (instrument_id IS NOT NULL OR NOT identified),
	CONSTRAINT fk_documents_source_id FOREIGN KEY(source_id) REFERENCES source_files (id),
	CONSTRAINT fk_documents_instrument_id FOREIGN KEY(instrument_id) REFERENCES instruments (id),
	CONSTRAINT uq_documents_replaces_id UNIQUE (replaces_id),
	CONSTRAINT fk_documents_replaces_id FOREIGN KEY(replaces_id) REFERENCES documents (id)
);

CREATE INDEX ix_documents_current_date ON documents (date) WHERE current = 1;

CREATE INDEX ix_documents_current_issuer ON documents (issuer_key, date) WHERE current = 1;

CREATE INDEX ix_documents_instrument_id ON documents (instrument_id);

CREATE INDEX ix_documents_number_key ON documents (number_key);

CREATE INDEX ix_documents_source_id ON documents (source_id);

CREATE UNIQUE INDEX uq_documents_current_instrument ON documents (instrument_id) WHERE current = 1 AND identified = 1;

CREATE UNIQUE INDEX uq_documents_current_part ON documents (source_id, part) WHERE current = 1;

CREATE TABLE instrument_aliases (
	instrument_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	"key" TEXT NOT NULL,
	origin TEXT NOT NULL,
	text TEXT NOT NULL,
	CONSTRAINT pk_instrument_aliases PRIMARY KEY (instrument_id, kind, "key", origin),
	CONSTRAINT ck_instrument_aliases_kind CHECK (kind = 'number' OR kind = 'name'),
	CONSTRAINT fk_instrument_aliases_instrument_id FOREIGN KEY(instrument_id) REFERENCES instruments (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_instrument_aliases_kind_key ON instrument_aliases (kind, "key");

CREATE TABLE programmes (
	period TEXT,
	issued_by TEXT,
	"key" INTEGER NOT NULL,
	name TEXT NOT NULL,
	name_key TEXT NOT NULL,
	kind TEXT NOT NULL,
	CONSTRAINT pk_programmes PRIMARY KEY ("key"),
	CONSTRAINT fk_programmes_issued_by FOREIGN KEY(issued_by) REFERENCES instruments (id),
	CONSTRAINT uq_programmes_name UNIQUE (name)
);

CREATE INDEX ix_programmes_issued_by ON programmes (issued_by);

CREATE INDEX ix_programmes_name_key ON programmes (name_key);

CREATE TABLE register_facts (
	instrument_id TEXT NOT NULL,
	register TEXT NOT NULL,
	type TEXT,
	number TEXT,
	date TEXT,
	issuer TEXT,
	title TEXT NOT NULL,
	effective TEXT,
	expired TEXT,
	status TEXT,
	added DATETIME NOT NULL,
	json TEXT NOT NULL,
	CONSTRAINT pk_register_facts PRIMARY KEY (instrument_id, register),
	CONSTRAINT fk_register_facts_instrument_id FOREIGN KEY(instrument_id) REFERENCES instruments (id)
)
 WITHOUT ROWID;

CREATE TABLE audit (
	id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	who TEXT NOT NULL,
	verb TEXT NOT NULL,
	document_id INTEGER,
	instrument_id TEXT,
	detail TEXT NOT NULL,
	CONSTRAINT pk_audit PRIMARY KEY (id),
	CONSTRAINT fk_audit_document_id FOREIGN KEY(document_id) REFERENCES documents (id)
);

CREATE INDEX ix_audit_document_id ON audit (document_id);

CREATE TABLE nodes (
	"key" INTEGER NOT NULL,
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	node TEXT NOT NULL,
	parent TEXT,
	kind TEXT NOT NULL,
	label TEXT NOT NULL,
	heading TEXT NOT NULL,
	text TEXT NOT NULL,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	page INTEGER,
	role TEXT NOT NULL,
	path TEXT NOT NULL,
	CONSTRAINT pk_nodes PRIMARY KEY ("key"),
	CONSTRAINT ck_nodes_span CHECK ("start" >= 0 AND "start" <= "end"),
	CONSTRAINT ck_nodes_kind CHECK (kind = 'preamble' OR kind = 'recital' OR kind = 'part' OR kind = 'chapter' OR kind = 'section' OR kind = 'subsection' OR kind = 'article' OR kind = 'clause' OR kind = 'point' OR kind = 'heading' OR kind = 'bullet' OR kind = 'paragraph' OR kind = 'quotation' OR kind = 'table' OR kind = 'appendix' OR kind = 'closing' OR kind = 'recipients' OR kind = 'signature' OR kind = 'note'),
	CONSTRAINT ck_nodes_key CHECK (key = document_id * CAST(2097152 AS BIGINT) + position),
	CONSTRAINT ck_nodes_position CHECK (position >= 0 AND position < 2097152),
	CONSTRAINT uq_nodes_document_id_node UNIQUE (document_id, node),
	CONSTRAINT fk_nodes_document_id_parent FOREIGN KEY(document_id, parent) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT fk_nodes_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_nodes_document_id_parent ON nodes (document_id, parent);

CREATE TABLE reviews (
	id INTEGER NOT NULL,
	document_id INTEGER NOT NULL,
	made_on_id INTEGER NOT NULL,
	subject TEXT NOT NULL,
	action TEXT NOT NULL,
	field TEXT NOT NULL,
	node TEXT,
	anchor TEXT NOT NULL,
	occurrence INTEGER NOT NULL,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	"before" TEXT,
	"after" TEXT,
	who TEXT NOT NULL,
	why TEXT NOT NULL,
	at DATETIME NOT NULL,
	state TEXT NOT NULL,
	problem TEXT,
	CONSTRAINT pk_reviews PRIMARY KEY (id),
	CONSTRAINT ck_reviews_action CHECK (action = 'accept' OR action = 'correct' OR action = 'dismiss'),
	CONSTRAINT ck_reviews_subject CHECK (subject = 'finding' OR subject = 'citation' OR subject = 'node' OR subject = 'actor' OR subject = 'target'),
	CONSTRAINT ck_reviews_state CHECK (state = 'standing' OR state = 'not_applicable' OR state = 'undone'),
	CONSTRAINT ck_reviews_who CHECK (who <> ''),
	CONSTRAINT ck_reviews_after CHECK (action <> 'correct' OR after IS NOT NULL),
	CONSTRAINT fk_reviews_document_id FOREIGN KEY(document_id) REFERENCES documents (id),
	CONSTRAINT fk_reviews_made_on_id FOREIGN KEY(made_on_id) REFERENCES documents (id)
);

CREATE INDEX ix_reviews_document_id ON reviews (document_id, state);

CREATE INDEX ix_reviews_made_on_id ON reviews (made_on_id);

CREATE TABLE citations (
	node TEXT,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	text TEXT NOT NULL,
	scope TEXT NOT NULL,
	type TEXT,
	number TEXT,
	number_key TEXT,
	name TEXT NOT NULL,
	date TEXT,
	issuer TEXT,
	provision TEXT NOT NULL,
	relation TEXT,
	state TEXT,
	target_key INTEGER,
	target_node TEXT,
	rule TEXT NOT NULL,
	document_date TEXT NOT NULL,
	subject_key INTEGER,
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_citations PRIMARY KEY (document_id, position),
	CONSTRAINT ck_citations_span CHECK ("start" >= 0 AND "start" <= "end"),
	CONSTRAINT fk_citations_document_id_node FOREIGN KEY(document_id, node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT fk_citations_document_id_target_node FOREIGN KEY(document_id, target_node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT ck_citations_scope CHECK (scope = 'external' OR scope = 'self' OR scope = 'internal'),
	CONSTRAINT ck_citations_relation CHECK (relation = 'legal_basis' OR relation = 'considers' OR relation = 'implements' OR relation = 'amends' OR relation = 'supplements' OR relation = 'replaces' OR relation = 'repeals' OR relation = 'suspends' OR relation = 'details' OR relation = 'promulgates' OR relation = 'consolidates' OR relation = 'corrects' OR relation = 'extends' OR relation = 'cites'),
	CONSTRAINT ck_citations_state CHECK (state = 'resolved' OR state = 'ambiguous' OR state = 'partial' OR state = 'unknown'),
	CONSTRAINT ck_citations_resolved CHECK (scope <> 'external' OR state IS NULL OR state <> 'resolved' OR target_key IS NOT NULL),
	CONSTRAINT ck_citations_subject CHECK (subject_key IS NULL OR (scope = 'external' AND target_key IS NOT NULL AND relation IS NOT NULL)),
	CONSTRAINT fk_citations_target_key FOREIGN KEY(target_key) REFERENCES instruments ("key"),
	CONSTRAINT fk_citations_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_citations_open ON citations (number_key) WHERE coalesce(state, '') <> 'resolved';

CREATE INDEX ix_citations_target ON citations (target_key, scope, document_date DESC, document_id, position, relation, subject_key);

CREATE TABLE edges (
	node TEXT,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	subject_key INTEGER NOT NULL,
	relation TEXT NOT NULL,
	object_key INTEGER NOT NULL,
	provision TEXT NOT NULL,
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_edges PRIMARY KEY (document_id, position),
	CONSTRAINT ck_edges_span CHECK ("start" >= 0 AND "start" <= "end"),
	CONSTRAINT fk_edges_document_id_node FOREIGN KEY(document_id, node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT ck_edges_relation CHECK (relation = 'legal_basis' OR relation = 'considers' OR relation = 'implements' OR relation = 'amends' OR relation = 'supplements' OR relation = 'replaces' OR relation = 'repeals' OR relation = 'suspends' OR relation = 'details' OR relation = 'promulgates' OR relation = 'consolidates' OR relation = 'corrects' OR relation = 'extends' OR relation = 'cites'),
	CONSTRAINT fk_edges_subject_key FOREIGN KEY(subject_key) REFERENCES instruments ("key"),
	CONSTRAINT fk_edges_object_key FOREIGN KEY(object_key) REFERENCES instruments ("key"),
	CONSTRAINT fk_edges_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_edges_object ON edges (object_key, relation);

CREATE INDEX ix_edges_subject ON edges (subject_key, relation);

CREATE TABLE findings (
	code TEXT NOT NULL,
	severity TEXT NOT NULL,
	message TEXT NOT NULL,
	node TEXT,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_findings PRIMARY KEY (document_id, position),
	CONSTRAINT ck_findings_span CHECK ("start" >= 0 AND "start" <= "end"),
	CONSTRAINT fk_findings_document_id_node FOREIGN KEY(document_id, node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT ck_findings_severity CHECK (severity = 'info' OR severity = 'warning' OR severity = 'error'),
	CONSTRAINT fk_findings_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_findings_code ON findings (code, document_id);

CREATE TABLE mandates (
	node TEXT NOT NULL,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	text TEXT NOT NULL,
	kind TEXT NOT NULL,
	field TEXT NOT NULL,
	field_key TEXT NOT NULL,
	deadline TEXT,
	deadline_from TEXT,
	deadline_to TEXT,
	recurring TEXT,
	responsible_from TEXT,
	document_date TEXT NOT NULL,
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_mandates PRIMARY KEY (document_id, position),
	CONSTRAINT ck_mandates_span CHECK ("start" >= 0 AND "start" <= "end"),
	CONSTRAINT fk_mandates_document_id_node FOREIGN KEY(document_id, node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT fk_mandates_document_id_responsible_from FOREIGN KEY(document_id, responsible_from) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT ck_mandates_kind CHECK (kind = 'task' OR kind = 'assignment' OR kind = 'objective'),
	CONSTRAINT fk_mandates_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_mandates_deadline ON mandates (document_date DESC, document_id, position, deadline_to, recurring) WHERE deadline_to IS NOT NULL;

CREATE INDEX ix_mandates_field ON mandates (field_key, document_id) WHERE field_key <> '';

CREATE INDEX ix_mandates_order ON mandates (document_date DESC, document_id, position);

CREATE TABLE organisation_mentions (
	organisation_key INTEGER NOT NULL,
	node TEXT,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_organisation_mentions PRIMARY KEY (document_id, position),
	CONSTRAINT ck_organisation_mentions_span CHECK ("start" >= 0 AND "start" <= "end"),
	CONSTRAINT fk_organisation_mentions_document_id_node FOREIGN KEY(document_id, node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT fk_organisation_mentions_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE place_mentions (
	place_key INTEGER NOT NULL,
	node TEXT,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_place_mentions PRIMARY KEY (document_id, position),
	CONSTRAINT ck_place_mentions_span CHECK ("start" >= 0 AND "start" <= "end"),
	CONSTRAINT fk_place_mentions_document_id_node FOREIGN KEY(document_id, node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT fk_place_mentions_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE programme_mentions (
	programme_key INTEGER NOT NULL,
	period TEXT,
	issued_by TEXT,
	node TEXT,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_programme_mentions PRIMARY KEY (document_id, position),
	CONSTRAINT ck_programme_mentions_span CHECK ("start" >= 0 AND "start" <= "end"),
	CONSTRAINT fk_programme_mentions_document_id_node FOREIGN KEY(document_id, node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT fk_programme_mentions_programme_key FOREIGN KEY(programme_key) REFERENCES programmes ("key"),
	CONSTRAINT fk_programme_mentions_issued_by FOREIGN KEY(issued_by) REFERENCES instruments (id),
	CONSTRAINT fk_programme_mentions_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_programme_mentions_issued_by ON programme_mentions (issued_by);

CREATE INDEX ix_programme_mentions_programme ON programme_mentions (programme_key, document_id);

CREATE TABLE resolution_changes (
	id INTEGER NOT NULL,
	document_id INTEGER NOT NULL,
	citation INTEGER NOT NULL,
	cause TEXT NOT NULL,
	before_id TEXT,
	before_state TEXT,
	after_id TEXT,
	after_state TEXT,
	because_id TEXT,
	review_id INTEGER,
	undoes_id INTEGER,
	who TEXT NOT NULL,
	at DATETIME NOT NULL,
	CONSTRAINT pk_resolution_changes PRIMARY KEY (id),
	CONSTRAINT ck_resolution_changes_cause CHECK (cause = 'arrival' OR cause = 'register' OR cause = 'review' OR cause = 'undo' OR cause = 'parse'),
	CONSTRAINT ck_resolution_changes_before_state CHECK (before_state = 'resolved' OR before_state = 'ambiguous' OR before_state = 'partial' OR before_state = 'unknown'),
	CONSTRAINT ck_resolution_changes_after_state CHECK (after_state = 'resolved' OR after_state = 'ambiguous' OR after_state = 'partial' OR after_state = 'unknown'),
	CONSTRAINT fk_resolution_changes_document_id FOREIGN KEY(document_id) REFERENCES documents (id),
	CONSTRAINT fk_resolution_changes_review_id FOREIGN KEY(review_id) REFERENCES reviews (id),
	CONSTRAINT uq_resolution_changes_undoes_id UNIQUE (undoes_id),
	CONSTRAINT fk_resolution_changes_undoes_id FOREIGN KEY(undoes_id) REFERENCES resolution_changes (id)
);

CREATE INDEX ix_resolution_changes_citation ON resolution_changes (document_id, citation);

CREATE INDEX ix_resolution_changes_review_id ON resolution_changes (review_id);

CREATE TABLE targets (
	node TEXT NOT NULL,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	text TEXT NOT NULL,
	name TEXT NOT NULL,
	name_key TEXT NOT NULL,
	comparator TEXT NOT NULL,
	value FLOAT NOT NULL,
	value_max FLOAT,
	unit TEXT NOT NULL,
	change TEXT,
	period TEXT,
	baseline TEXT,
	normal_value FLOAT,
	normal_max FLOAT,
	normal_unit TEXT NOT NULL,
	document_date TEXT NOT NULL,
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_targets PRIMARY KEY (document_id, position),
	CONSTRAINT ck_targets_span CHECK ("start" >= 0 AND "start" <= "end"),
	CONSTRAINT fk_targets_document_id_node FOREIGN KEY(document_id, node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT ck_targets_comparator CHECK (comparator = '=' OR comparator = '<' OR comparator = '<=' OR comparator = '>' OR comparator = '>=' OR comparator = '~'),
	CONSTRAINT ck_targets_change CHECK (change = 'increase' OR change = 'decrease'),
	CONSTRAINT fk_targets_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_targets_name_key ON targets (name_key, period, document_id, position);

CREATE INDEX ix_targets_order ON targets (document_date DESC, document_id, position);

CREATE TABLE candidates (
	document_id INTEGER NOT NULL,
	citation INTEGER NOT NULL,
	instrument_key INTEGER NOT NULL,
	CONSTRAINT pk_candidates PRIMARY KEY (document_id, citation, instrument_key),
	CONSTRAINT fk_candidates_document_id_citation FOREIGN KEY(document_id, citation) REFERENCES citations (document_id, position) ON DELETE CASCADE,
	CONSTRAINT fk_candidates_instrument_key FOREIGN KEY(instrument_key) REFERENCES instruments ("key")
)
 WITHOUT ROWID;

CREATE INDEX ix_candidates_instrument_key ON candidates (instrument_key);

CREATE TABLE mandate_actions (
	document_id INTEGER NOT NULL,
	mandate INTEGER NOT NULL,
	position INTEGER NOT NULL,
	text TEXT NOT NULL,
	CONSTRAINT pk_mandate_actions PRIMARY KEY (document_id, mandate, position),
	CONSTRAINT fk_mandate_actions_document_id_mandate FOREIGN KEY(document_id, mandate) REFERENCES mandates (document_id, position) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE mandate_actors (
	document_id INTEGER NOT NULL,
	mandate INTEGER NOT NULL,
	position INTEGER NOT NULL,
	name TEXT NOT NULL,
	name_key TEXT NOT NULL,
	role TEXT,
	inherited BOOLEAN NOT NULL,
	start INTEGER,
	"end" INTEGER,
	CONSTRAINT pk_mandate_actors PRIMARY KEY (document_id, mandate, position),
	CONSTRAINT fk_mandate_actors_document_id_mandate FOREIGN KEY(document_id, mandate) REFERENCES mandates (document_id, position) ON DELETE CASCADE,
	CONSTRAINT ck_mandate_actors_role CHECK (role = 'charged' OR role = 'lead' OR role = 'support' OR role = 'oversight' OR role = 'requested'),
	CONSTRAINT ck_mandate_actors_inherited CHECK (inherited = (role IS NULL))
)
 WITHOUT ROWID;

CREATE INDEX ix_mandate_actors_name ON mandate_actors (name, role);

CREATE TABLE mandate_acts (
	document_id INTEGER NOT NULL,
	mandate INTEGER NOT NULL,
	position INTEGER NOT NULL,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	verb TEXT NOT NULL,
	aspect TEXT,
	object TEXT,
	manner TEXT,
	purpose TEXT,
	negative BOOLEAN NOT NULL,
	CONSTRAINT pk_mandate_acts PRIMARY KEY (document_id, mandate, position),
	CONSTRAINT fk_mandate_acts_document_id_mandate FOREIGN KEY(document_id, mandate) REFERENCES mandates (document_id, position) ON DELETE CASCADE,
	CONSTRAINT ck_mandate_acts_span CHECK ("start" >= 0 AND "start" <= "end")
)
 WITHOUT ROWID;

CREATE TABLE mandate_instruments (
	document_id INTEGER NOT NULL,
	mandate INTEGER NOT NULL,
	instrument_key INTEGER NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_mandate_instruments PRIMARY KEY (document_id, mandate, instrument_key),
	CONSTRAINT fk_mandate_instruments_document_id_mandate FOREIGN KEY(document_id, mandate) REFERENCES mandates (document_id, position) ON DELETE CASCADE,
	CONSTRAINT fk_mandate_instruments_instrument_key FOREIGN KEY(instrument_key) REFERENCES instruments ("key")
)
 WITHOUT ROWID;

CREATE INDEX ix_mandate_instruments_instrument_key ON mandate_instruments (instrument_key);

CREATE TABLE mandate_phrases (
	document_id INTEGER NOT NULL,
	mandate INTEGER NOT NULL,
	position INTEGER NOT NULL,
	text TEXT NOT NULL,
	CONSTRAINT pk_mandate_phrases PRIMARY KEY (document_id, mandate, position),
	CONSTRAINT fk_mandate_phrases_document_id_mandate FOREIGN KEY(document_id, mandate) REFERENCES mandates (document_id, position) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE mandate_places (
	document_id INTEGER NOT NULL,
	mandate INTEGER NOT NULL,
	position INTEGER NOT NULL,
	place_key INTEGER NOT NULL,
	CONSTRAINT pk_mandate_places PRIMARY KEY (document_id, mandate, position),
	CONSTRAINT fk_mandate_places_document_id_mandate FOREIGN KEY(document_id, mandate) REFERENCES mandates (document_id, position) ON DELETE CASCADE,
	CONSTRAINT fk_mandate_places_place_key FOREIGN KEY(place_key) REFERENCES places ("key")
)
 WITHOUT ROWID;

CREATE INDEX ix_mandate_places_place_key ON mandate_places (place_key);

CREATE TABLE mandate_programmes (
	document_id INTEGER NOT NULL,
	mandate INTEGER NOT NULL,
	position INTEGER NOT NULL,
	programme_key INTEGER NOT NULL,
	CONSTRAINT pk_mandate_programmes PRIMARY KEY (document_id, mandate, position),
	CONSTRAINT fk_mandate_programmes_document_id_mandate FOREIGN KEY(document_id, mandate) REFERENCES mandates (document_id, position) ON DELETE CASCADE,
	CONSTRAINT fk_mandate_programmes_programme_key FOREIGN KEY(programme_key) REFERENCES programmes ("key")
)
 WITHOUT ROWID;

CREATE INDEX ix_mandate_programmes_programme_key ON mandate_programmes (programme_key);

CREATE VIEW relations AS SELECT said.document_id, said.citation AS position, said.subject_key, said.relation, said.target_key AS object_key, said.provision, said.mentions, coalesce(documents.date, '') AS date, documents.effective, said.citation, CAST(NULL AS INTEGER) AS edge, citations_1.node, citations_1.start, citations_1."end"
FROM (SELECT citations.document_id AS document_id, citations.subject_key AS subject_key, citations.relation AS relation, citations.target_key AS target_key, citations.provision AS provision, count(*) AS mentions, min(citations.position) AS citation
FROM citations
WHERE citations.subject_key IS NOT NULL GROUP BY citations.document_id, citations.subject_key, citations.relation, citations.target_key, citations.provision) AS said JOIN citations AS citations_1 ON citations_1.document_id = said.document_id AND citations_1.position = said.citation JOIN documents ON documents.id = said.document_id UNION ALL SELECT edges.document_id, edges.position + 1048576 AS position, edges.subject_key, edges.relation, edges.object_key, edges.provision, CAST(1 AS INTEGER) AS mentions, CAST('' AS TEXT) AS date, CAST(NULL AS TEXT) AS effective, CAST(NULL AS INTEGER) AS citation, edges.position AS edge, edges.node, edges.start, edges."end"
FROM edges;

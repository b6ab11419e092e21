CREATE TABLE instruments (
	id TEXT NOT NULL,
	type TEXT,
	number TEXT,
	date TEXT,
	issuer TEXT,
	name TEXT NOT NULL,
	number_key TEXT,
	name_key TEXT,
	CONSTRAINT pk_instruments PRIMARY KEY (id),
	CONSTRAINT ck_instruments_id CHECK (id <> '')
);

CREATE INDEX ix_instruments_name_key ON instruments (name_key);

CREATE INDEX ix_instruments_number_key ON instruments (number_key);

CREATE VIRTUAL TABLE node_words USING fts5(folded, exact, tokenize = 'unicode61 remove_diacritics 0');

CREATE TABLE source_files (
	id INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	name TEXT NOT NULL,
	size INTEGER NOT NULL,
	media_type TEXT NOT NULL,
	added DATETIME NOT NULL,
	data BLOB NOT NULL,
	CONSTRAINT pk_source_files PRIMARY KEY (id),
	CONSTRAINT ck_source_files_sha256 CHECK (length(sha256) = 64),
	CONSTRAINT ck_source_files_size CHECK (size = length(data)),
	CONSTRAINT uq_source_files_sha256 UNIQUE (sha256)
);

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
	title TEXT,
	added DATETIME NOT NULL,
	json TEXT NOT NULL,
	CONSTRAINT pk_documents PRIMARY KEY (id),
	CONSTRAINT ck_documents_part CHECK (part >= 1),
	CONSTRAINT ck_documents_replaces CHECK (replaces_id <> id),
	CONSTRAINT ck_documents_identified CHECK (instrument_id IS NOT NULL OR NOT identified),
	CONSTRAINT fk_documents_source_id FOREIGN KEY(source_id) REFERENCES source_files (id),
	CONSTRAINT fk_documents_instrument_id FOREIGN KEY(instrument_id) REFERENCES instruments (id),
	CONSTRAINT uq_documents_replaces_id UNIQUE (replaces_id),
	CONSTRAINT fk_documents_replaces_id FOREIGN KEY(replaces_id) REFERENCES documents (id)
);

CREATE INDEX ix_documents_date ON documents (date);

CREATE INDEX ix_documents_instrument_id ON documents (instrument_id);

CREATE INDEX ix_documents_number_key ON documents (number_key);

CREATE INDEX ix_documents_source_id ON documents (source_id);

CREATE UNIQUE INDEX uq_documents_current_instrument ON documents (instrument_id) WHERE current AND identified;

CREATE UNIQUE INDEX uq_documents_current_part ON documents (source_id, part) WHERE current;

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
	CONSTRAINT ck_nodes_kind CHECK (kind IN ('preamble', 'recital', 'part', 'chapter', 'section', 'subsection', 'article', 'clause', 'point', 'heading', 'bullet', 'paragraph', 'quotation', 'table', 'appendix', 'closing', 'recipients', 'signature', 'note')),
	CONSTRAINT uq_nodes_document_id_node UNIQUE (document_id, node),
	CONSTRAINT uq_nodes_document_id_position UNIQUE (document_id, position),
	CONSTRAINT fk_nodes_document_id_parent FOREIGN KEY(document_id, parent) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT fk_nodes_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_nodes_document_id_parent ON nodes (document_id, parent);

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
	target_id TEXT,
	target_node TEXT,
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_citations PRIMARY KEY (document_id, position),
	CONSTRAINT ck_citations_span CHECK ("start" >= 0 AND "start" <= "end"),
	CONSTRAINT fk_citations_document_id_node FOREIGN KEY(document_id, node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT fk_citations_document_id_target_node FOREIGN KEY(document_id, target_node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT ck_citations_scope CHECK (scope IN ('external', 'self', 'internal')),
	CONSTRAINT ck_citations_relation CHECK (relation IN ('legal_basis', 'considers', 'implements', 'amends', 'supplements', 'replaces', 'repeals', 'suspends', 'details', 'promulgates', 'consolidates', 'corrects', 'extends', 'cites')),
	CONSTRAINT ck_citations_state CHECK (state IN ('resolved', 'ambiguous', 'partial', 'unknown')),
	CONSTRAINT ck_citations_resolved CHECK (scope <> 'external' OR state IS NULL OR state <> 'resolved' OR target_id IS NOT NULL),
	CONSTRAINT fk_citations_target_id FOREIGN KEY(target_id) REFERENCES instruments (id),
	CONSTRAINT fk_citations_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_citations_document_id_node ON citations (document_id, node);

CREATE INDEX ix_citations_document_id_target_node ON citations (document_id, target_node);

CREATE INDEX ix_citations_number_key ON citations (number_key);

CREATE INDEX ix_citations_target_id ON citations (target_id);

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
	CONSTRAINT ck_findings_severity CHECK (severity IN ('info', 'warning', 'error')),
	CONSTRAINT fk_findings_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_findings_code ON findings (code);

CREATE INDEX ix_findings_document_id_node ON findings (document_id, node);

CREATE TABLE mandates (
	node TEXT NOT NULL,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	text TEXT NOT NULL,
	kind TEXT NOT NULL,
	field TEXT NOT NULL,
	deadline TEXT,
	deadline_from TEXT,
	deadline_to TEXT,
	folded TEXT NOT NULL,
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_mandates PRIMARY KEY (document_id, position),
	CONSTRAINT ck_mandates_span CHECK ("start" >= 0 AND "start" <= "end"),
	CONSTRAINT fk_mandates_document_id_node FOREIGN KEY(document_id, node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT ck_mandates_kind CHECK (kind IN ('task', 'assignment', 'objective')),
	CONSTRAINT fk_mandates_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_mandates_document_id_node ON mandates (document_id, node);

CREATE TABLE targets (
	node TEXT NOT NULL,
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	text TEXT NOT NULL,
	name TEXT NOT NULL,
	comparator TEXT NOT NULL,
	value FLOAT NOT NULL,
	value_max FLOAT,
	unit TEXT NOT NULL,
	change TEXT,
	period TEXT,
	baseline TEXT,
	folded TEXT NOT NULL,
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	CONSTRAINT pk_targets PRIMARY KEY (document_id, position),
	CONSTRAINT ck_targets_span CHECK ("start" >= 0 AND "start" <= "end"),
	CONSTRAINT fk_targets_document_id_node FOREIGN KEY(document_id, node) REFERENCES nodes (document_id, node) ON DELETE CASCADE,
	CONSTRAINT ck_targets_comparator CHECK (comparator IN ('=', '<', '<=', '>', '>=', '~')),
	CONSTRAINT ck_targets_change CHECK (change IN ('increase', 'decrease')),
	CONSTRAINT fk_targets_document_id FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);

CREATE INDEX ix_targets_document_id_node ON targets (document_id, node);

CREATE TABLE candidates (
	document_id INTEGER NOT NULL,
	citation INTEGER NOT NULL,
	instrument_id TEXT NOT NULL,
	CONSTRAINT pk_candidates PRIMARY KEY (document_id, citation, instrument_id),
	CONSTRAINT fk_candidates_document_id_citation FOREIGN KEY(document_id, citation) REFERENCES citations (document_id, position) ON DELETE CASCADE,
	CONSTRAINT fk_candidates_instrument_id FOREIGN KEY(instrument_id) REFERENCES instruments (id)
);

CREATE INDEX ix_candidates_instrument_id ON candidates (instrument_id);

CREATE TABLE mandate_actions (
	position INTEGER NOT NULL,
	text TEXT NOT NULL,
	document_id INTEGER NOT NULL,
	mandate INTEGER NOT NULL,
	CONSTRAINT pk_mandate_actions PRIMARY KEY (position, document_id, mandate),
	CONSTRAINT fk_mandate_actions_document_id_mandate FOREIGN KEY(document_id, mandate) REFERENCES mandates (document_id, position) ON DELETE CASCADE
);

CREATE TABLE mandate_actors (
	position INTEGER NOT NULL,
	name TEXT NOT NULL,
	role TEXT,
	inherited BOOLEAN NOT NULL,
	document_id INTEGER NOT NULL,
	mandate INTEGER NOT NULL,
	CONSTRAINT pk_mandate_actors PRIMARY KEY (position, document_id, mandate),
	CONSTRAINT fk_mandate_actors_document_id_mandate FOREIGN KEY(document_id, mandate) REFERENCES mandates (document_id, position) ON DELETE CASCADE,
	CONSTRAINT ck_mandate_actors_role CHECK (role IN ('charged', 'lead', 'support', 'oversight', 'requested')),
	CONSTRAINT ck_mandate_actors_inherited CHECK (inherited = (role IS NULL))
);

CREATE INDEX ix_mandate_actors_name ON mandate_actors (name);

CREATE TABLE mandate_instruments (
	instrument_id TEXT NOT NULL,
	position INTEGER NOT NULL,
	document_id INTEGER NOT NULL,
	mandate INTEGER NOT NULL,
	CONSTRAINT pk_mandate_instruments PRIMARY KEY (instrument_id, document_id, mandate),
	CONSTRAINT fk_mandate_instruments_document_id_mandate FOREIGN KEY(document_id, mandate) REFERENCES mandates (document_id, position) ON DELETE CASCADE,
	CONSTRAINT fk_mandate_instruments_instrument_id FOREIGN KEY(instrument_id) REFERENCES instruments (id)
);

CREATE INDEX ix_mandate_instruments_instrument_id ON mandate_instruments (instrument_id);

-- The sandbox's whole state. Times are UNIX seconds with fractions.

CREATE TABLE IF NOT EXISTS numbers (          -- phone numbers of the Twilio account
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sid TEXT NOT NULL UNIQUE,
  phone TEXT NOT NULL,
  options TEXT NOT NULL,                      -- JSON: what the caller set (SmsUrl, FriendlyName, ...)
  created REAL NOT NULL,
  updated REAL NOT NULL,
  released REAL
);
CREATE UNIQUE INDEX IF NOT EXISTS numbers_in_use ON numbers (phone) WHERE released IS NULL;

CREATE TABLE IF NOT EXISTS texts (            -- Twilio messages, both directions
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sid TEXT NOT NULL UNIQUE,
  direction TEXT NOT NULL,                    -- outbound-api, outbound-reply, inbound
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  body TEXT NOT NULL,
  media TEXT NOT NULL DEFAULT '[]',           -- JSON list of URLs
  status TEXT NOT NULL,
  error_code INTEGER,
  status_callback TEXT,
  callback_times INTEGER NOT NULL DEFAULT 1,  -- 0: callbacks are lost
  callbacks_reversed INTEGER NOT NULL DEFAULT 0,
  created REAL NOT NULL,
  sent REAL,
  updated REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS texts_by_recipient ON texts (recipient, sender);

CREATE TABLE IF NOT EXISTS opt_outs (         -- Twilio blocks the pair after STOP
  ours TEXT NOT NULL,
  person TEXT NOT NULL,
  since REAL NOT NULL,
  PRIMARY KEY (ours, person)
);

CREATE TABLE IF NOT EXISTS mails (            -- Mailgun messages, both directions
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  domain TEXT NOT NULL,
  direction TEXT NOT NULL,                    -- outbound, inbound
  message_id TEXT NOT NULL,                   -- without angle brackets
  sender TEXT NOT NULL,                       -- the From header
  recipients TEXT NOT NULL,                   -- JSON list of plain addresses
  to_header TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT NOT NULL,
  headers TEXT NOT NULL,                      -- JSON object
  variables TEXT NOT NULL,                    -- JSON object
  tags TEXT NOT NULL,                         -- JSON list
  attachments TEXT NOT NULL,                  -- JSON list of filename, content-type, size
  test_mode INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL,
  created REAL NOT NULL
);

CREATE TABLE IF NOT EXISTS mail_recipients (  -- who finds a mail in which mailbox
  mail INTEGER NOT NULL REFERENCES mails (id),
  address TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'accepted',
  callback_times INTEGER NOT NULL DEFAULT 1,
  callbacks_reversed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (mail, address)
);
CREATE INDEX IF NOT EXISTS mail_recipients_by_address ON mail_recipients (address);

CREATE TABLE IF NOT EXISTS mail_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  domain TEXT NOT NULL,
  event TEXT NOT NULL,
  severity TEXT,
  recipient TEXT NOT NULL,
  message_id TEXT NOT NULL,
  at REAL NOT NULL,
  data TEXT NOT NULL                          -- JSON: the event as the API gives it
);

CREATE TABLE IF NOT EXISTS mail_webhooks (
  domain TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  PRIMARY KEY (domain, name, url)
);

CREATE TABLE IF NOT EXISTS mail_routes (
  id TEXT PRIMARY KEY,
  priority INTEGER NOT NULL,
  description TEXT NOT NULL,
  expression TEXT NOT NULL,
  actions TEXT NOT NULL,                      -- JSON list
  created REAL NOT NULL
);

CREATE TABLE IF NOT EXISTS bounces (
  domain TEXT NOT NULL,
  address TEXT NOT NULL,
  code TEXT NOT NULL,
  error TEXT NOT NULL,
  created REAL NOT NULL,
  PRIMARY KEY (domain, address)
);

CREATE TABLE IF NOT EXISTS stripe_objects (   -- whatever Stripe remembers, of every connected account
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,                      -- "" is the platform's own
  kind TEXT NOT NULL,                         -- the object's own word for itself: charge, refund, ...
  about TEXT NOT NULL,                        -- the payment, customer or account it belongs to
  created REAL NOT NULL,
  body TEXT NOT NULL                          -- JSON: the object as the API gives it
);
CREATE INDEX IF NOT EXISTS stripe_by_kind ON stripe_objects (account, kind, about);

CREATE TABLE IF NOT EXISTS stripe_keys (      -- answers kept under their idempotency keys
  key TEXT NOT NULL,
  account TEXT NOT NULL,
  asked TEXT NOT NULL,                        -- SHA-256 of path and parameters
  status INTEGER NOT NULL,
  body BLOB NOT NULL,
  created REAL NOT NULL,
  PRIMARY KEY (account, key)
);

CREATE TABLE IF NOT EXISTS jobs (             -- what a vendor still has to do by itself
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  due REAL NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,                      -- jobs of one subject run one after the other
  payload TEXT NOT NULL                       -- JSON
);

CREATE TABLE IF NOT EXISTS callbacks (        -- calls to the product: each a row until it is answered
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  due REAL,                                   -- NULL: finished
  vendor TEXT NOT NULL,
  subject TEXT NOT NULL,                      -- the message it is about
  about TEXT NOT NULL,                        -- "delivered", "inbound", ...
  url TEXT NOT NULL,
  content TEXT NOT NULL,                      -- JSON: form fields, or the event
  attempts INTEGER NOT NULL DEFAULT 0,
  status INTEGER,                             -- the last answer's, NULL: none
  trouble TEXT,                               -- why there was no answer
  created REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS callbacks_by_subject ON callbacks (subject);
CREATE INDEX IF NOT EXISTS callbacks_due ON callbacks (due) WHERE due IS NOT NULL;

CREATE TABLE IF NOT EXISTS requests (         -- the log: never a body, a query or a header
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at REAL NOT NULL,
  vendor TEXT NOT NULL,
  operation TEXT NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  status INTEGER,                             -- NULL: no answer was given
  ms REAL NOT NULL
);

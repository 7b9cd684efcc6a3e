package import Diagnostics

/// What people can be told of, as job files name it.
package enum NotifiedEvent: String, Sendable, CaseIterable {
    case runFailed = "run_failed"
    case recordFailed = "record_failed"
    case held
    case conflict
    case missingValue = "missing_value"
    case connectionBroken = "connection_broken"
    case brake
    case recovered
    case jobChanged = "job_changed"
    case stale
    case oscillation

    /// Whether it is about single records, which come and go one by one.
    package var isOfRecords: Bool {
        switch self {
        case .recordFailed, .held, .conflict, .missingValue, .oscillation: true
        case .runFailed, .connectionBroken, .brake, .recovered, .jobChanged, .stale: false
        }
    }
}

/// Who is told of what, as the file has it: what its variables hold is asked only when something is told.
package struct Notifier: Sendable {
    package var name: String
    package var target: Target
    package var events: Set<NotifiedEvent>
    /// The jobs that it is about; nil for all.
    package var jobs: Set<String>?
    /// For how long a sync may be without a success.
    package var staleAfter: Duration?
    /// A file with the certificates to trust, in place of the system's.
    package var certificates: Template?
    package var place: Place

    package init(
        name: String, target: Target, events: Set<NotifiedEvent>, jobs: Set<String>? = nil,
        staleAfter: Duration? = nil, certificates: Template? = nil, place: Place
    ) {
        self.name = name
        self.target = target
        self.events = events
        self.jobs = jobs
        self.staleAfter = staleAfter
        self.certificates = certificates
        self.place = place
    }

    package func isAbout(job: String) -> Bool { jobs?.contains(job) ?? true }

    package enum Target: Sendable {
        /// An incoming webhook of Slack, or of what understands the same.
        case slack(Template)
        case webhook(Webhook)
        case email(Mail)
        case sendmail(Mailbox)
        /// A program and its arguments.
        case command([String])
        /// A check of the healthchecks.io kind.
        case heartbeat(Template)

        package var isHeartbeat: Bool { if case .heartbeat = self { true } else { false } }
    }

    package struct Webhook: Sendable {
        package var url: Template
        /// The key that the body is signed with.
        package var secret: Template?
        /// JSON with `{{…}}` in it; nil for the usual body.
        package var template: Template?
        package var headers: [(name: String, content: Template)]

        package init(
            url: Template, secret: Template? = nil, template: Template? = nil,
            headers: [(name: String, content: Template)] = []
        ) {
            self.url = url
            self.secret = secret
            self.template = template
            self.headers = headers
        }
    }

    /// From whom to whom.
    package struct Mailbox: Sendable {
        package var to: [Template]
        package var from: Template
        /// The program that takes the mail; nil for the system's.
        package var program: Template?

        package init(to: [Template], from: Template, program: Template? = nil) {
            self.to = to
            self.from = from
            self.program = program
        }
    }

    package struct Mail: Sendable {
        package var box: Mailbox
        /// `smtp://host:587` or `smtps://host`.
        package var server: Template
        package var user: Template?
        package var password: Template?
        package var starttls: StartTLS

        package init(
            box: Mailbox, server: Template, user: Template? = nil, password: Template? = nil,
            starttls: StartTLS = .required
        ) {
            self.box = box
            self.server = server
            self.user = user
            self.password = password
            self.starttls = starttls
        }
    }

    /// Whether a connection that begins in the open must be encrypted before anything is said on it.
    package enum StartTLS: String, Sendable, CaseIterable { case required, optional, none }
}

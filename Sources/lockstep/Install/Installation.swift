/// Where Lockstep and its files lie, for what is to start it.
struct Installation: Sendable {
    let program: String
    /// The folder in which it runs: paths of connections are seen from there.
    let folder: String
    let jobs: String
    let state: String
    /// The jobs and syncs to run; all where none is named.
    let names: [String]

    init(program: String, folder: String, jobs: String, state: String, names: [String]) {
        self.program = program
        self.folder = folder
        self.jobs = Self.absolute(jobs, in: folder)
        self.state = Self.absolute(state, in: folder)
        self.names = names
    }

    private static func absolute(_ path: String, in folder: String) -> String {
        var parts: [Substring] = []
        for part in (path.hasPrefix("/") ? path : folder + "/" + path).split(separator: "/") where part != "." {
            // A folder may be a link to elsewhere, so that what stands before '..' has to stay.
            parts.append(part)
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The arguments of `run`. A run that is still at work when the next begins is no trouble, and goes on.
    var arguments: [String] {
        ["run"] + names + ["--jobs", jobs, "--state", state, "--on-locked", "skip"]
    }

    /// Why there can be no text; nil where there can.
    func problem(for starter: Starter) -> String? {
        let isBroken = ([program, folder, jobs, state] + names).contains { text in
            text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        }
        if isBroken { return "a path with a line end or another control character cannot stand in it" }
        let isQuoted = program.contains { ["'", "\"", "\\"].contains($0) }
        if starter == .systemd, isQuoted { return "systemd starts no program with a quote or a backslash in its path" }
        guard starter == .crontab else { return nil }
        // Vixie cron reads a command of a thousand bytes, and no more.
        return crontabLine.utf8.count > 998 ? "the paths are too long: a line of a crontab takes 998 bytes" : nil
    }

    func text(for starter: Starter) -> String {
        switch starter {
        case .crontab: crontab
        case .systemd: systemd
        case .kubernetes: kubernetes
        case .github: github
        }
    }
}

extension String {
    /// Whether it consists of letters, digits and these marks only, which no shell and no file format takes for more.
    func isPlain(besides marks: String) -> Bool {
        !isEmpty
            && unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                    || marks.unicodeScalars.contains(scalar)
            }
    }
}

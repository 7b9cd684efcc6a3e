package import Diagnostics

/// Comments that allow a warning at one line, with a reason:
///
///     - title <-> title   # lockstep: allow written-by-two because the filters share no record
///
/// One on a line of its own is about the next line that is no comment. Errors cannot be allowed.
package struct Allowances: Sendable {
    private var all: [Allowance] = []
    private var byLine: [Line: [Int]] = [:]
    private var mistakes: [Diagnostic] = []

    package init(_ files: some Sequence<SourceText>) {
        for file in files.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) { read(file) }
        byLine = Dictionary(grouping: all.indices) { Line(file: all[$0].place.file, number: all[$0].line) }
    }

    /// The findings without the warnings that are allowed, and with what is wrong with the comments.
    ///
    /// - Parameters:
    ///   - codes: all codes that there are, with how grave each is.
    ///   - isComplete: whether all warnings of a code in a file are among them, so that a comment that none needs is a leftover.
    package func applied(
        to found: [Diagnostic], codes: [String: Severity], isComplete: (_ file: String, _ code: String) -> Bool
    ) -> [Diagnostic] {
        var used: Set<Int> = []
        var left = found.filter { diagnostic in
            let allowing = allowing(diagnostic)
            used.formUnion(allowing)
            return allowing.isEmpty
        }
        for (at, allowance) in all.enumerated() where !used.contains(at) {
            if let told = useless(allowance, codes, isComplete: isComplete(allowance.place.file, allowance.code)) {
                left.append(told)
            }
        }
        return Diagnostic.inSourceOrder(left + mistakes)
    }

    /// What is wrong with a comment that silences nothing.
    private func useless(_ allowance: Allowance, _ codes: [String: Severity], isComplete: Bool) -> Diagnostic? {
        func told(_ code: JobFileCode, _ message: String, _ hint: String?) -> Diagnostic {
            Diagnostic(code.severity, code.rawValue, message, at: allowance.place, hint: hint)
        }
        let code = shortened(allowance.code)
        guard let severity = codes[allowance.code] else {
            return told(
                .badAllowance, "there is no code '\(code)'",
                didYouMean(allowance.code, among: codes.keys) ?? "'lockstep explain' lists all codes")
        }
        guard isComplete else { return nil }
        // What a schema only makes likely is a warning of the same code.
        let isAlwaysError = severity == .error && JobFileCode(rawValue: allowance.code)?.mayBeWarning != true
        return isAlwaysError
            ? told(.unusedAllowance, "there is no warning '\(code)' to allow here", "errors cannot be allowed")
            : told(.unusedAllowance, "there is no '\(code)' to allow here", "take the comment away")
    }

    /// Whether a comment of the file allows a finding.
    package func allow(_ diagnostic: Diagnostic) -> Bool { !allowing(diagnostic).isEmpty }

    private func allowing(_ diagnostic: Diagnostic) -> [Int] {
        guard diagnostic.severity < .error, let place = diagnostic.place else { return [] }
        let here = byLine[Line(file: place.file, number: place.start.line)] ?? []
        return here.filter { all[$0].code == diagnostic.code }
    }

    private struct Line: Hashable {
        var file: String
        var number: Int
    }

    private static let mark = Array("# lockstep:".unicodeScalars)

    private mutating func read(_ file: SourceText) {
        // Nearly all files have none: their lines need not be looked at.
        guard Self.mayHave(file.bytes) else { return }
        for number in 1...file.lineCount {
            let line = Array((file.line(number) ?? "").unicodeScalars)
            guard let start = line.firstRange(of: Self.mark)?.lowerBound,
                start == 0 || line[start - 1] == " " || line[start - 1] == "\t"
            else { continue }
            let isAlone = line[..<start].allSatisfy { $0 == " " || $0 == "\t" }
            let place = Place(file: file.name, line: number, column: start + 1, length: line.count - start)
            let words = String(String.UnicodeScalarView(line[(start + Self.mark.count)...]))
            add(words, at: place, line: isAlone ? Self.nextLine(after: number, in: file) : number)
        }
    }

    private static func mayHave(_ bytes: [UInt8]) -> Bool {
        let mark = Array("# lockstep:".utf8)
        return bytes.withUnsafeBufferPointer { bytes in
            var at = 0
            while at + mark.count <= bytes.count {
                if bytes[at] == mark[0], (1..<mark.count).allSatisfy({ bytes[at + $0] == mark[$0] }) { return true }
                at += 1
            }
            return false
        }
    }

    private mutating func add(_ text: String, at place: Place, line: Int) {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        guard words.count > 3, words[0] == "allow", words[2] == "because" else {
            let code = JobFileCode.badAllowance
            mistakes.append(
                Diagnostic(
                    code.severity, code.rawValue, "a comment to Lockstep names a code and a reason", at: place,
                    hint: "such as 'allow written-by-two because the filters share no record'"))
            return
        }
        all.append(Allowance(code: words[1], line: line, place: place))
    }

    private static func nextLine(after number: Int, in file: SourceText) -> Int {
        var next = number + 1
        while let line = file.line(next), line.drop(while: { $0 == " " || $0 == "\t" }).first.map({ $0 == "#" }) ?? true
        {
            next += 1
        }
        return next
    }
}

/// One warning that a file allows.
private struct Allowance {
    var code: String
    /// The line whose warning is allowed.
    var line: Int
    var place: Place
}

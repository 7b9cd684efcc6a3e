/// Tests as JUnit's XML has them, in the form that CI servers share: `testsuites`, `testsuite`, `testcase`, `failure`.
struct JUnitReport: Sendable {
    struct Suite: Sendable {
        var name: String
        var cases: [Case]

        init(name: String, cases: [Case]) {
            self.name = name
            self.cases = cases
        }
    }

    struct Case: Sendable {
        var name: String
        var suite: String
        var file: String
        var line: Int
        /// What went wrong: its code, in a line, and at length; nil where nothing did.
        var failure: (code: String, summary: String, text: String)?

        init(
            name: String, suite: String, file: String, line: Int,
            failure: (code: String, summary: String, text: String)? = nil
        ) {
            self.name = name
            self.suite = suite
            self.file = file
            self.line = line
            self.failure = failure
        }
    }

    private let suites: [Suite]

    init(_ suites: [Suite]) { self.suites = suites }

    var text: String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<testsuites \(Self.counts(suites.flatMap(\.cases)))>\n"
        for suite in suites {
            text += "  <testsuite name=\"\(suite.name.escapedForXML)\" \(Self.counts(suite.cases))>\n"
            for test in suite.cases { Self.add(test, to: &text) }
            text += "  </testsuite>\n"
        }
        return text + "</testsuites>\n"
    }

    private static func counts(_ cases: [Case]) -> String {
        "tests=\"\(cases.count)\" failures=\"\(cases.count { $0.failure != nil })\" errors=\"0\" time=\"0\""
    }

    private static func add(_ test: Case, to text: inout String) {
        text += "    <testcase name=\"\(test.name.escapedForXML)\" classname=\"\(test.suite.escapedForXML)\" "
        text += "file=\"\(test.file.escapedForXML)\" line=\"\(test.line)\" time=\"0\""
        guard let failure = test.failure else {
            text += "/>\n"
            return
        }
        text += ">\n      <failure message=\"\(failure.summary.escapedForXML)\" type=\"\(failure.code.escapedForXML)\">"
        text += failure.text.escapedForXML + "</failure>\n    </testcase>\n"
    }
}

extension String {
    /// The text as content or attribute of XML 1.0; characters that XML has no way to hold are replaced.
    fileprivate var escapedForXML: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "\n": text += "&#10;"
            case "\t": text += "&#9;"
            case "\r": text += "&#13;"
            default:
                // Char of https://www.w3.org/TR/xml/#charsets, without the delete character and the C1 controls.
                let isChar = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                let isControl = (0x7F...0x9F).contains(scalar.value)
                text.unicodeScalars.append(isChar && !isControl ? scalar : "\u{FFFD}")
            }
        }
        return text
    }
}

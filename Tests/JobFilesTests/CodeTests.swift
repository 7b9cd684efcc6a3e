import JobFiles
import Testing

struct CodeTests {
    @Test("codes are words of small letters joined by hyphens", arguments: JobFileCode.allCases)
    func spelling(code: JobFileCode) {
        #expect(code.rawValue.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil)
    }

    @Test("a code's meaning is one line without a full stop", arguments: JobFileCode.allCases)
    func meaning(code: JobFileCode) {
        #expect(!code.meaning.isEmpty)
        #expect(!code.meaning.contains("\n"))
        #expect(!code.meaning.hasSuffix("."))
    }
}

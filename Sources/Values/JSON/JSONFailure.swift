extension JSON {
    /// Why bytes are not JSON, and where. It holds no text, so that a reader's many steps pass it on at no cost.
    package struct Failure: Error, Hashable {
        package var problem: Problem
        /// The offset in bytes from the start of what was parsed.
        package var offset: Int

        package init(_ problem: Problem, at offset: Int) {
            self.problem = problem
            self.offset = offset
        }

        /// A failure of a reader's own, in its own words.
        package init(reason: StaticString, offset: Int) { self.init(.other(Sentence(text: reason)), at: offset) }

        /// A piece of a sentence, such as `a comma or '}' is missing`.
        package var reason: String { problem.sentence }

        /// The same, naming what stands at the offset where that helps; of the bytes that were read.
        package func reason(in bytes: UnsafeRawBufferPointer) -> String {
            var reader = JSONReader(bytes, in: offset..<max(offset, bytes.count))
            guard problem == .duplicateName, let name = try? reader.readString() else { return reason }
            return "the name '\(name)' stands twice in one object"
        }
    }

    /// Words that were written in the source.
    package struct Sentence: Hashable, Sendable {
        package let text: StaticString

        package static func == (a: Sentence, b: Sentence) -> Bool { a.text.description == b.text.description }
        package func hash(into hasher: inout Hasher) { hasher.combine(text.description) }
    }

    /// The mistakes that a text can hold.
    package enum Problem: Hashable, Sendable {
        case end
        case noValue
        case noSeparator(closing: UInt8)
        case noName
        case noColon
        case trailingComma
        case trailingText
        case byteOrderMark
        case tooDeep
        case number
        case leadingZero
        case controlCharacter(UInt8)
        case escape
        case loneSurrogate
        case badUTF8
        case duplicateName
        /// An object of a state file begins with `$` and is none of the forms of ``StateJSON``.
        case unknownForm
        /// The content of a form is not what its name says.
        case badForm(StateForm)
        /// JSON, but not what its reader wants there.
        case other(Sentence)
    }
}

extension JSON.Problem {
    fileprivate var sentence: String {
        switch self {
        case .end: "the text ends too early"
        case .noValue: "no JSON value starts here"
        case .noSeparator(let closing): "a comma or '\(Character(Unicode.Scalar(closing)))' is missing"
        case .noName: "a name in double quotes is missing"
        case .noColon: "a colon is missing"
        case .trailingComma: "nothing follows the comma"
        case .trailingText: "something stands behind the value"
        case .byteOrderMark: "a byte-order mark stands before the value"
        case .tooDeep: "lists and objects are nested more than \(JSON.depthLimit) deep"
        case .number: "a number is cut short"
        case .leadingZero: "a number begins with 0"
        case .controlCharacter(let byte):
            "the control character U+00\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true)) "
                + "stands in a string unescaped"
        case .escape: "a backslash is followed by no escape that JSON knows"
        case .loneSurrogate: "an escape gives half of a surrogate pair"
        case .badUTF8: "bytes are not UTF-8"
        case .duplicateName: "a name stands twice in one object"
        case .unknownForm: "an object begins with '$' and is none of the forms of a state file"
        case .badForm(let form): "'\(form.rawValue)' holds no \(form.content)"
        case .other(let sentence): sentence.text.description
        }
    }
}

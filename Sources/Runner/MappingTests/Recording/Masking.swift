import Model
import Values

/// Puts others in the place of values of a test that look personal: the same for the same, in both records, their base and the links.
///
/// E-mail addresses and telephone numbers are found by their form, wherever they stand; words are those of fields whose names say that they
/// are personal, and are found again in every text. Left alone are values that the mapping itself names, and ids that are no addresses.
struct Masking {
    private let constants: MappingConstants
    /// Ids, and fields that hold ids of other records.
    private let ids: Sides<Set<FieldPath>>
    private var pseudonyms = Pseudonyms()

    init(_ sync: Sync, _ capabilities: Sides<Capabilities>) {
        constants = MappingConstants(sync)
        var ids = Sides(left: Set(capabilities.left.idFields), right: Set(capabilities.right.idFields))
        for field in sync.fields {
            for side in Side.allCases {
                guard let path = field.path(on: side) else { continue }
                let isOther = field.path(on: side.other).map(capabilities[side.other].idFields.contains) ?? false
                if isOther || field.link != nil { ids[side].insert(path) }
            }
        }
        self.ids = ids
    }

    /// The least digits of a number alone that may name a place, such as a postcode.
    private static let leastDigits = 4

    mutating func masked(_ test: MappingTest) -> MappingTest {
        var words: [[Unicode.Scalar]] = []
        for side in Side.allCases {
            for object in test.records[side] + test.base[side] { collect(.object(object), side, [], nil, &words) }
        }
        pseudonyms.add(words: words)
        var test = test
        for side in Side.allCases {
            test.records[side] = test.records[side].map { masked($0, side) }
            test.base[side] = test.base[side].map { masked($0, side) }
        }
        test.links = test.links.mapValues { pairs in
            var masked = pairs
            for at in masked.indices {
                masked[at] = Sides(left: maskedID(masked[at].left), right: maskedID(masked[at].right))
            }
            return masked
        }
        return test
    }

    /// An id, which is left alone unless it is an address.
    mutating func masked(_ id: RecordID) -> String {
        if case .text(let text) = maskedID(.text(id.key)) { text } else { id.key }
    }

    private func isID(_ steps: [String], _ side: Side) -> Bool {
        ids[side].contains(FieldPath(steps: steps, text: ""))
    }
}

// Finding what is personal.
extension Masking {
    private mutating func collect(
        _ value: Value, _ side: Side, _ steps: [String], _ kind: PersonalFields.Kind?, _ words: inout [[Unicode.Scalar]]
    ) {
        switch value {
        case .object(let object):
            for (name, value) in object {
                collect(value, side, steps + [name], PersonalFields.kind(of: name) ?? kind.inside(name), &words)
            }
        case .list(let values): for value in values { collect(value, side, steps, kind, &words) }
        case .text(let text):
            guard let kind, !steps.isEmpty, !isID(steps, side), !constants.contains(text) else { return }
            collect(text, kind, &words)
        case .int(let number):
            guard kind == .digits, !isID(steps, side) else { return }
            _ = pseudonyms.add(number: Array(String(number.magnitude).unicodeScalars))
        default: break
        }
    }

    private mutating func collect(_ text: String, _ kind: PersonalFields.Kind, _ words: inout [[Unicode.Scalar]]) {
        let taken = PersonalText(text)
        if PersonalText.isDate(taken.scalars.prefix(10)) {
            if kind == .birth, taken.scalars.count == 10 { pseudonyms.add(date: text) }
            return
        }
        if kind == .digits {
            let digits = PersonalText.digits(taken.scalars)
            if digits.count >= Self.leastDigits { _ = pseudonyms.add(number: digits) }
        }
        for piece in taken.pieces {
            switch piece {
            case .address(let range): collectParts(of: taken, range, &words)
            case .word(let range): collectWord(taken.scalars[range], kind, &words)
            case .number, .other: break
            }
        }
    }

    private mutating func collectWord(
        _ word: ArraySlice<Unicode.Scalar>, _ kind: PersonalFields.Kind, _ words: inout [[Unicode.Scalar]]
    ) {
        guard word.count > 1, !constants.contains(Self.text(word)) else { return }
        if word.allSatisfy(PersonalText.isDigit) {
            if word.count >= Self.leastDigits, kind != .digits { _ = pseudonyms.add(number: Array(word)) }
        } else {
            words.append(word.map(PersonalText.lower))
        }
    }

    /// The words of an address name a person and where that person works; they may stand alone elsewhere.
    private func collectParts(of text: PersonalText, _ range: Range<Int>, _ words: inout [[Unicode.Scalar]]) {
        let parts = text.scalars[range].split { !PersonalText.isPart($0) }
        for part in parts.dropLast() where part.count >= Pseudonyms.inside && !part.allSatisfy(PersonalText.isDigit) {
            if !constants.contains(Self.text(part)) { words.append(part.map(PersonalText.lower)) }
        }
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

// Putting others in their place.
extension Masking {
    private mutating func masked(_ object: Object, _ side: Side) -> Object {
        var object = object
        for (name, value) in object { object[name] = masked(value, side, [name], PersonalFields.kind(of: name)) }
        return object
    }

    private mutating func masked(_ value: Value, _ side: Side, _ steps: [String], _ kind: PersonalFields.Kind?) -> Value
    {
        if isID(steps, side) { return maskedID(value) }
        switch value {
        case .object(let object):
            var object = object
            for (name, value) in object {
                object[name] = masked(value, side, steps + [name], PersonalFields.kind(of: name) ?? kind.inside(name))
            }
            return .object(object)
        case .list(let values):
            var masked = values
            for at in masked.indices { masked[at] = self.masked(masked[at], side, steps, kind) }
            return .list(masked)
        case .text(let text): return .text(masked(text, kind))
        case .int(let number): return kind == .digits ? .int(masked(number)) : value
        default: return value
        }
    }

    private mutating func maskedID(_ value: Value) -> Value {
        if case .list(let parts) = value { return .list(parts.map { maskedID($0) }) }
        guard case .text(let text) = value else { return value }
        let taken = PersonalText(text)
        guard taken.pieces.count == 1, case .address = taken.pieces[0] else { return value }
        return .text(pseudonyms.address(text))
    }

    private func masked(_ number: Int64) -> Int64 {
        let digits = Array(String(number.magnitude).unicodeScalars)
        guard let other = pseudonyms.number(digits) else { return number }
        return Int64((number < 0 ? "-" : "") + Self.text(other[...])) ?? number
    }

    private mutating func masked(_ text: String, _ kind: PersonalFields.Kind?) -> String {
        if constants.contains(text) { return text }
        if let date = pseudonyms.date(text) { return date }
        let taken = PersonalText(text)
        if kind == .digits, let other = pseudonyms.number(PersonalText.digits(taken.scalars)) {
            return Self.text(Self.replaced(taken.scalars[...], other)[...])
        }
        // A number in a field that is not personal is what it says, even if it is somebody's postcode too.
        if kind == nil, taken.scalars.allSatisfy(PersonalText.isDigit), taken.pieces.first.map(\.isWord) ?? true {
            return text
        }
        var out: [Unicode.Scalar] = []
        for piece in taken.pieces {
            switch piece {
            case .address(let range): out += pseudonyms.address(taken.text(range)).unicodeScalars
            case .number(let range):
                let part = taken.scalars[range]
                out += Self.replaced(part, pseudonyms.add(number: PersonalText.digits(part)))
            case .word(let range): out += masked(word: taken.scalars[range])
            case .other(let range): out += taken.scalars[range]
            }
        }
        return Self.text(out[...])
    }

    /// The scalars with other digits.
    private static func replaced(_ scalars: ArraySlice<Unicode.Scalar>, _ digits: [Unicode.Scalar]) -> [Unicode.Scalar]
    {
        var left = digits[...]
        return scalars.map { PersonalText.isDigit($0) ? left.popFirst() ?? $0 : $0 }
    }

    private func masked(word: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        if constants.contains(Self.text(word)) { return Array(word) }
        let lower = word.map(PersonalText.lower)
        if let number = pseudonyms.number(lower), lower.count >= Self.leastDigits { return number }
        if let other = pseudonyms.word(lower) { return Self.cased(other, as: word) }
        var out: [Unicode.Scalar] = []
        var at = 0
        while at < lower.count {
            let found = pseudonyms.lengths.lazy.compactMap { length -> [Unicode.Scalar]? in
                at + length <= lower.count ? pseudonyms.word(lower[at..<(at + length)]) : nil
            }.first
            if let found {
                let start = word.startIndex + at
                out += Self.cased(found, as: word[start..<(start + found.count)])
                at += found.count
            } else {
                out.append(word[word.startIndex + at])
                at += 1
            }
        }
        return out
    }

    /// Upper case where the original has it.
    private static func cased(_ word: [Unicode.Scalar], as original: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        zip(word, original).map { scalar, original in
            guard original.properties.isUppercase else { return scalar }
            let upper = scalar.properties.uppercaseMapping.unicodeScalars
            return upper.count == 1 ? upper[upper.startIndex] : scalar
        }
    }
}

extension PersonalText.Piece {
    fileprivate var isWord: Bool { if case .word = self { true } else { false } }
}

extension PersonalFields.Kind? {
    /// What lies inside an object that is personal is so too, but for what is told of it, such as its id.
    fileprivate func inside(_ name: String) -> PersonalFields.Kind? {
        PersonalFields.isAboutOther(name) ? nil : self
    }
}

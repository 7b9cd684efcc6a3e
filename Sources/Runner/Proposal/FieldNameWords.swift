/// What two systems may call the same thing: names are compared in small letters, without what joins their words.
enum FieldNameWords {
    /// How alike two names are.
    enum Likeness: Int, Comparable {
        case none, partly, synonyms, same

        static func < (a: Likeness, b: Likeness) -> Bool { a.rawValue < b.rawValue }
    }

    /// Names that mean the same in most systems: few, so that a person can know them.
    private static let synonyms: [[String]] = [
        ["name", "fullname", "displayname"], ["title", "subject", "summary"],
        ["email", "mail", "emailaddress"], ["phone", "telephone", "tel", "phonenumber"],
        ["status", "state"], ["description", "details", "body", "notes", "note"],
        ["company", "organisation", "organization", "customer", "client"],
        ["firstname", "givenname", "forename"], ["lastname", "surname", "familyname"],
        ["zip", "zipcode", "postcode", "postalcode"], ["street", "address"], ["city", "town"],
        ["due", "duedate", "deadline"], ["owner", "assignee", "assignedto"], ["priority", "urgency"],
        ["price", "amount"], ["sku", "articlenumber", "itemnumber"], ["quantity", "qty", "stock"], ["color", "colour"],
    ]

    private static let groups = Dictionary(
        synonyms.enumerated().flatMap { number, names in names.map { ($0, number) } },
        uniquingKeysWith: { first, _ in first })

    static func likeness(_ left: String, _ right: String) -> Likeness {
        let words = (words(left), words(right))
        let names = (words.0.joined(), words.1.joined())
        if names.0.isEmpty || names.1.isEmpty { return .none }
        if names.0 == names.1 { return .same }
        if let group = groups[names.0], group == groups[names.1] { return .synonyms }
        let shared = Set(words.0).intersection(words.1).filter { $0.utf8.count > 2 }
        return shared.isEmpty ? .none : .partly
    }

    /// A name as one word: `Due Date`, `due_date` and `dueDate` are `duedate`.
    static func plain(_ name: String) -> String { words(name).joined() }

    private static func words(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var wasSmall = false
        for character in name.unicodeScalars {
            let isPart = character.properties.isAlphabetic || ("0"..."9").contains(character)
            if !isPart || (wasSmall && character.properties.isUppercase) {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = ""
            }
            if isPart { word.unicodeScalars.append(character) }
            wasSmall = character.properties.isLowercase
        }
        return word.isEmpty ? words : words + [word.lowercased()]
    }
}

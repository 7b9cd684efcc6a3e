import CEL

extension Pages {
    /// What only a record shows. `eval` tells these; in a run the record is held, and the others go on.
    static let evaluation = [
        Page(
            ExpressionCode.noSuchField,
            """
            The expression reads a field that the record does not have. In a run such a record is held; the others go on.

            Ask first, with has(user.email), or say what stands in its place: record[?'email'].orValue('').
            """,
            wrong: .evaluated("user.email", over: #"{"user": {"name": "Ada"}}"#),
            right: .evaluated("has(user.email) ? user.email : ''", over: #"{"user": {"name": "Ada"}}"#)),
        Page(
            ExpressionCode.wrongKind,
            """
            In this record a value is of a kind that the operator or function does not take: null where there is mostly a text, a text where \
            a number was expected. Convert it, or ask for null first.
            """,
            wrong: .evaluated("minutes / 60", over: #"{"minutes": "90"}"#),
            right: .evaluated("int(minutes) / 60", over: #"{"minutes": "90"}"#)),
        Page(
            ExpressionCode.outOfRange,
            """
            A number does not fit its kind, or an index points past the end of a list. Whole numbers have 64 bits; of a list of three the \
            last index is 2.
            """,
            wrong: .evaluated("tags[1]", over: #"{"tags": ["vip"]}"#),
            right: .evaluated("tags.size() > 1 ? tags[1] : ''", over: #"{"tags": ["vip"]}"#)),
        Page(
            ExpressionCode.divisionByZero,
            """
            In whole numbers nothing can be divided by zero. In a run the record is held; say what the answer is then, with '? :'.
            """,
            wrong: .evaluated("sum / count", over: #"{"sum": 90, "count": 0}"#),
            right: .evaluated("count == 0 ? 0 : sum / count", over: #"{"sum": 90, "count": 0}"#)),
        Page(
            ExpressionCode.cannotConvert,
            """
            int('ninety') has no answer, and int('') has none either. In a run the record is held, and the value is named. Look for empty texts, signs of currency and thousands separators.
            """,
            wrong: .evaluated("int(minutes)", over: #"{"minutes": ""}"#),
            right: .evaluated("minutes == '' ? 0 : int(minutes)", over: #"{"minutes": ""}"#)),
        Page(
            ExpressionCode.repeatedKey,
            """
            An object is made with the same key twice, and nobody could say which value counts. With keys that are computed, two of them \
            come out the same.
            """,
            wrong: .evaluated("{status: 1, 'Open': 2}", over: #"{"status": "Open"}"#),
            right: .evaluated("{status: 1, 'Other': 2}", over: #"{"status": "Open"}"#)),
        Page(
            ExpressionCode.badPattern,
            """
            'matches' takes a regular expression, and this is none: a bracket is open, or it has something that RE2 does not know, such as a \
            look behind. Write patterns as raw texts, r'…', in which a backslash is a backslash.
            """,
            wrong: .evaluated("summary.matches('(VPN')", over: #"{"summary": "VPN down"}"#),
            right: .evaluated("summary.matches('(VPN|WLAN)')", over: #"{"summary": "VPN down"}"#)),
        Page(
            ExpressionCode.badPlaceholder,
            """
            In 'text'.format([…]) each placeholder takes one value of the list: %s a text of any value, %d a number, %.2f one with two \
            digits. This one has no value left for it, or one that it does not take.
            """,
            wrong: .evaluated("'%s of %s'.format([name])", over: #"{"name": "Ada"}"#),
            right: .evaluated("'%s of %s'.format([name, 'Acme'])", over: #"{"name": "Ada"}"#)),
        Page(
            ExpressionCode.noValue,
            """
            The value of an optional is asked for, and it holds none: the field that it was made from is not there. Say what stands in its \
            place, with orValue.
            """,
            wrong: .evaluated("record[?'email'].value()", over: #"{"name": "Ada"}"#),
            right: .evaluated("record[?'email'].orValue('')", over: #"{"name": "Ada"}"#)),
        Page(
            ExpressionCode.tooCostly,
            """
            The expression takes more than ten million steps over one record, or more than 128 MiB. A sync goes over all records, and a run \
            would not end. Mostly a macro walks over a list inside another.
            """,
            wrong: .evaluated("lists.range(100000000).size()"),
            right: .evaluated("lists.range(100).size()")),
    ]
}

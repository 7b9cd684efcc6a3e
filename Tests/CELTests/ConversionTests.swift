import Testing
import Values

@testable import CEL

@Suite("Conversions")
struct ConversionTests {
    @Test(
        "to int",
        arguments: [
            ("int(5)", "5"), ("int(5u)", "5"), ("int(-5.9)", "-5"), ("int('+42')", "42"), ("int('-0')", "0"),
            ("int(timestamp('1970-01-01T00:00:01.9Z'))", "1"),
            ("int(timestamp('1969-12-31T23:59:59.5Z'))", "-1"),
            ("int(18446744073709551615u)", "error: 18446744073709551615u is no int"),
            ("int(1e30)", "error: 1e+30 is no int"),
            ("int(-9223372036854775808.0)", "error: -9.223372036854776e+18 is no int"),
            ("int(double('NaN'))", "error: double('NaN') is no int"),
            ("int('4.5')", "error: '4.5' is no int"), ("int('0x1F')", "error: '0x1F' is no int"),
            ("int('')", "error: '' is no int"), ("int('1_0')", "error: '1_0' is no int"),
            ("int(' 1')", "error: ' 1' is no int"), ("int('٣')", "error: '٣' is no int"),
            ("int(true)", "error: 'int' does not take bool"), ("int(d)", "12"),
        ])
    func ints(text: String, value: String) {
        #expect(result(text, ["d": .decimal(Decimal("12.75")!)]) == value)
    }

    @Test(
        "to uint",
        arguments: [
            ("uint(5)", "5u"), ("uint(5.9)", "5u"), ("uint('7')", "7u"), ("uint(-1)", "error: -1 is no uint"),
            ("uint(-0.5)", "error: -0.5 is no uint"), ("uint('+7')", "error: '+7' is no uint"),
            ("uint(18446744073709551616.0)", "error: 1.8446744073709552e+19 is no uint"),
            ("uint(null)", "error: 'uint' does not take null"),
        ])
    func uints(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "to double",
        arguments: [
            ("double(5)", "5.0"), ("double('1e3')", "1000.0"), ("double('-.5')", "-0.5"),
            ("double('NaN')", "double('NaN')"), ("double('-Infinity')", "-1e999"),
            ("double('0x1p3')", "error: '0x1p3' is no double"), ("double(' 1')", "error: ' 1' is no double"),
            ("double('1e400')", "error: '1e400' is no double"), ("double('')", "error: '' is no double"),
            ("double('nan')", "error: 'nan' is no double"),
        ])
    func doubles(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "to text",
        arguments: [
            ("string(1)", "'1'"), ("string(9876u)", "'9876'"), ("string(1.0)", "'1'"), ("string(123.456)", "'123.456'"),
            ("string(1e6)", "'1e+06'"), ("string(123456.0)", "'123456'"),
            ("string(123456789.0)", "'1.23456789e+08'"), ("string(0.00001)", "'1e-05'"), ("string(0.0001)", "'0.0001'"),
            ("string(-0.0)", "'-0'"), ("string(5e-324)", "'5e-324'"),
            ("string(1.7976931348623157e308)", "'1.7976931348623157e+308'"), ("string(100000.5)", "'100000.5'"),
            ("string(double('NaN'))", "'NaN'"), ("string(1.0/0.0)", "'Infinity'"),
            ("string(true)", "'true'"), ("string(b'abc')", "'abc'"),
            (#"string(b'\xff')"#, #"error: b'\xff' is no text: it is not UTF-8"#),
            ("string(timestamp('2026-01-02T03:04:05+01:00'))", "'2026-01-02T02:04:05Z'"),
            ("string(duration('1h30m0.5s'))", "'5400.5s'"), ("string(duration('-1.5s'))", "'-1.5s'"),
            ("string(d)", "'0.10'"), ("string(day)", "'2026-11-21'"),
            ("string(null)", "error: 'string' does not take null"),
            ("string([1])", "error: 'string' does not take list"),
        ])
    func texts(text: String, value: String) throws {
        let record: Object = ["d": .decimal(Decimal("0.10")!), "day": .date(try #require(CalendarDate("2026-11-21")))]
        #expect(result(text, record) == value)
    }

    @Test(
        "to bool, bytes and types",
        arguments: [
            ("bool('True')", "true"), ("bool('f')", "false"), ("bool('yes')", "error: 'yes' is no bool"),
            ("bool(1)", "error: 'bool' does not take int"), ("bytes('é')", #"b'\xc3\xa9'"#),
            ("bytes(1)", "error: 'bytes' does not take int"),
            ("type(1)", "int"), ("type(null)", "null_type"), ("type([])", "list"), ("type({})", "map"),
            ("type(type(1))", "type"), ("type(d)", "double"),
            ("type(timestamp('2026-01-01T00:00:00Z')) == google.protobuf.Timestamp", "true"),
            ("dyn(1) + 1", "2"), ("dyn", "error: no field 'dyn'"), ("int == type(1)", "true"),
        ])
    func others(text: String, value: String) {
        #expect(result(text, ["d": .decimal(Decimal("0.10")!)]) == value)
    }
}

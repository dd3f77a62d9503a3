using EdgeQueue.Node.Drawing;

namespace EdgeQueue.EndToEnd.Drawing;

/// <summary>The tickets that the tests draw.</summary>
internal static class Tickets
{
    public static readonly TicketContent English = new("en", "Oslo Service Centre", "Passports and identity cards", "A042", "14 March 2026  09:41")
    {
        PeopleAhead = 7,
        ExpectedMinutes = (12, 25),
        Qr = "https://q.example.no/t/A042?k=7F3K9Q",
        Footer = "Please listen for your number",
    };

    public static readonly TicketContent Russian = new("ru", "МФЦ на Садовой", "Регистрация по месту жительства и снятие с регистрационного учёта", "Ж117", "14.03.2026  09:41")
    {
        PeopleAhead = 12,
        ExpectedMinutes = (30, 30),
        Qr = "https://q.example.no/t/Ж117?k=7F3K9Q",
        Footer = "Не забудьте паспорт",
    };

    public static readonly TicketContent Arabic = new("ar", "مركز خدمة العملاء", "تجديد بطاقة الهوية", "A042", "14/03/2026  09:41")
    {
        PeopleAhead = 7,
        ExpectedMinutes = (12, 25),
        Qr = "https://q.example.no/t/A042?k=7F3K9Q",
        Footer = "يرجى إحضار بطاقة الهوية",
    };

    public static readonly TicketContent Hebrew = new("he", "מרכז שירות לתושב", "דרכונים ותעודות זהות", "A042", "14.03.2026  09:41")
    {
        PeopleAhead = 7,
        ExpectedMinutes = (12, 25),
        Footer = "נא להכין תעודת זהות",
    };

    public static readonly TicketContent Thai = new("th", "ศูนย์บริการประชาชน", "หนังสือเดินทางและบัตรประจำตัว", "A042", "14/03/2026  09:41")
    {
        PeopleAhead = 7,
        ExpectedMinutes = (12, 25),
        Footer = "โปรดฟังหมายเลขของท่าน",
    };
}

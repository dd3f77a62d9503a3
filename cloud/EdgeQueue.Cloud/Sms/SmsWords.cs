namespace EdgeQueue.Cloud.Sms;

/// <summary>Texts of messages in one language. They begin with what matters: a phone shows the first line.</summary>
internal sealed record SmsWords
{
    /// <summary>{0} branch, {1} date, {2} time, {3} number, {4} link.</summary>
    public required string Confirmation { get; init; }

    /// <summary>The same.</summary>
    public required string Moved { get; init; }

    /// <summary>{0} branch, {1} date, {2} time, {3} number.</summary>
    public required string Reminder { get; init; }

    /// <summary>The same as of a reminder: the branch cannot take the booking.</summary>
    public required string Rejected { get; init; }

    public required string Stopped { get; init; }

    public required string Started { get; init; }

    /// <summary>The same as of a reminder.</summary>
    public required string Status { get; init; }

    public required string NoBooking { get; init; }

    public required string Cancelled { get; init; }

    public required string SeveralBookings { get; init; }

    public required string NotUnderstood { get; init; }

    private static readonly SmsWords English = new()
    {
        Confirmation = "Booked: {1} at {2}, {0}. Number {3}. Move or cancel: {4}",
        Moved = "Moved: {1} at {2}, {0}. Number {3}. {4}",
        Reminder = "Reminder: {1} at {2}, {0}. Your number is {3}. To cancel answer CANCEL, for no more messages STOP.",
        Rejected = "Please call us: the branch cannot take your booking {3} of {1} at {2}, {0}. No dispenser will know it. Please book another time.",
        Stopped = "You get no more messages. Write START if you want them again.",
        Started = "You get messages again.",
        Status = "You are booked: {1} at {2}, {0}. Number {3}.",
        NoBooking = "No booking is open under your number.",
        Cancelled = "Your booking is cancelled.",
        SeveralBookings = "You have several bookings. Cancel with the link of the one that you mean.",
        NotUnderstood = "Write JOIN and a service, STATUS, CANCEL or STOP.",
    };

    private static readonly SmsWords Norwegian = new()
    {
        Confirmation = "Bestilt: {1} kl. {2}, {0}. Nummer {3}. Flytt eller avbestill: {4}",
        Moved = "Flyttet: {1} kl. {2}, {0}. Nummer {3}. {4}",
        Reminder = "Påminnelse: {1} kl. {2}, {0}. Nummeret ditt er {3}. Svar AVBESTILL for å avbestille, STOPP for ingen flere meldinger.",
        Rejected = "Ta kontakt: kontoret kan ikke ta imot timen din {3}, {1} kl. {2}, {0}. Automaten kjenner den ikke. Bestill en annen tid.",
        Stopped = "Du får ingen flere meldinger. Skriv START hvis du vil ha dem igjen.",
        Started = "Du får meldinger igjen.",
        Status = "Du har time: {1} kl. {2}, {0}. Nummer {3}.",
        NoBooking = "Ingen bestilling er åpen under nummeret ditt.",
        Cancelled = "Timen er avbestilt.",
        SeveralBookings = "Du har flere bestillinger. Avbestill med lenken til den du mener.",
        NotUnderstood = "Skriv KØ og en tjeneste, STATUS, AVBESTILL eller STOPP.",
    };

    private static readonly SmsWords Ukrainian = new()
    {
        Confirmation = "Запис: {1}, {2}, {0}. Номер {3}. Змінити: {4}",
        Moved = "Перенесено: {1}, {2}, {0}. Номер {3}. {4}",
        Reminder = "Нагадуємо: {1}, {2}, {0}. Ваш номер {3}. СКАСУВАТИ, або СТОП.",
        Rejected = "Зв’яжіться з нами: {0} не може прийняти запис {3}, {1}, {2}. Оберіть інший час.",
        Stopped = "Повідомлень більше не буде. Щоб повернути їх, напишіть СТАРТ.",
        Started = "Ви знову отримуватимете повідомлення.",
        Status = "Ваш запис: {1}, {2}, {0}. Номер {3}.",
        NoBooking = "За вашим номером немає записів.",
        Cancelled = "Ваш запис скасовано.",
        SeveralBookings = "У вас кілька записів. Скасуйте потрібний за його посиланням.",
        NotUnderstood = "Напишіть ЧЕРГА і послугу, СТАТУС, СКАСУВАТИ або СТОП.",
    };

    private static readonly SmsWords Arabic = new()
    {
        Confirmation = "تم الحجز: {1} الساعة {2}، {0}. الرقم {3}. للتغيير: {4}",
        Moved = "تم التغيير: {1} الساعة {2}، {0}. الرقم {3}. {4}",
        Reminder = "تذكير: {1} الساعة {2}، {0}. رقمك {3}. للإلغاء أرسل إلغاء، ولإيقاف الرسائل أرسل توقف.",
        Rejected = "اتصل بنا: لا يمكن قبول حجزك {3}، {1} الساعة {2}، {0}. احجز وقتًا آخر.",
        Stopped = "لن تصلك رسائل أخرى. أرسل ابدأ إن أردتها مجددًا.",
        Started = "ستصلك الرسائل مجددًا.",
        Status = "موعدك: {1} الساعة {2}، {0}. الرقم {3}.",
        NoBooking = "لا يوجد حجز مفتوح لرقمك.",
        Cancelled = "تم إلغاء حجزك.",
        SeveralBookings = "لديك عدة حجوزات. ألغِ الحجز المقصود من رابطه.",
        NotUnderstood = "أرسل طابور والخدمة، أو إلغاء أو توقف.",
    };

    public static SmsWords In(string language) => language.Split('-')[0] switch
    {
        "nb" or "nn" or "no" => Norwegian,
        "uk" => Ukrainian,
        "ar" => Arabic,
        _ => English,
    };
}

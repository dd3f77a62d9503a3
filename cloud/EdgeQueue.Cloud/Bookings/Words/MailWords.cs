namespace EdgeQueue.Cloud.Bookings.Words;

/// <summary>What mails about a booking say in one language, besides what the pages say (<see cref="BookingWords"/>).</summary>
internal sealed record MailWords
{
    /// <summary>Headlines, with which the subject begins: what matters, first.</summary>
    public required string Confirmed { get; init; }

    public required string Moved { get; init; }

    public required string Cancelled { get; init; }

    public required string Reminder { get; init; }

    public required string Rejected { get; init; }

    /// <summary>What to do then.</summary>
    public required string RejectedNote { get; init; }

    /// <summary>Before the link.</summary>
    public required string Link { get; init; }

    /// <summary>When an operator did it, who does not know the link.</summary>
    public required string OldLink { get; init; }

    /// <summary>{0} branch.</summary>
    public required string Foot { get; init; }

    private static readonly MailWords English = new()
    {
        Confirmed = "Booked", Moved = "Moved", Cancelled = "Cancelled", Reminder = "Reminder", Rejected = "Please book another time",
        RejectedNote = "The branch cannot take this booking: no dispenser will know its number. We are sorry. Please call the branch or book another time.",
        Link = "See, move or cancel it here. Whoever has this link can do so:",
        OldLink = "The link in your first mail stays the same.",
        Foot = "This mail was written by the booking system of {0}. Nobody reads answers to it.",
    };

    private static readonly MailWords Norwegian = new()
    {
        Confirmed = "Bestilt", Moved = "Flyttet", Cancelled = "Avbestilt", Reminder = "Påminnelse", Rejected = "Bestill en annen tid",
        RejectedNote = "Kontoret kan ikke ta imot denne timen: automaten kjenner ikke nummeret. Vi beklager. Ring kontoret eller bestill en annen tid.",
        Link = "Se, flytt eller avbestill her. Den som har denne lenken, kan gjøre det:",
        OldLink = "Lenken i den første e-posten din er den samme.",
        Foot = "Denne e-posten er skrevet av bestillingssystemet til {0}. Ingen leser svar på den.",
    };

    private static readonly MailWords Ukrainian = new()
    {
        Confirmed = "Запис підтверджено", Moved = "Перенесено", Cancelled = "Скасовано", Reminder = "Нагадування", Rejected = "Виберіть інший час",
        RejectedNote = "Відділення не може прийняти цей запис: автомат не знатиме його номера. Перепрошуємо. Зателефонуйте до відділення або виберіть інший час.",
        Link = "Переглянути, перенести або скасувати можна тут. Це може зробити кожен, хто має це посилання:",
        OldLink = "Посилання з вашого першого листа не змінилося.",
        Foot = "Цього листа написала система запису: {0}. Відповідей на нього ніхто не читає.",
    };

    private static readonly MailWords Arabic = new()
    {
        Confirmed = "تم الحجز", Moved = "تم تغيير الموعد", Cancelled = "تم إلغاء الحجز", Reminder = "تذكير", Rejected = "احجز وقتًا آخر",
        RejectedNote = "لا يمكن للفرع قبول هذا الحجز، ولن يعرف جهاز التذاكر رقمه. نعتذر. اتصل بالفرع أو احجز وقتًا آخر.",
        Link = "اعرضه أو غيّره أو ألغه هنا. كل من لديه هذا الرابط يمكنه ذلك:",
        OldLink = "الرابط في رسالتك الأولى لم يتغيّر.",
        Foot = "كتب هذه الرسالة نظام الحجز في {0}. لا أحد يقرأ الردود عليها.",
    };

    public static MailWords In(string language) => language.Split('-')[0] switch
    {
        "nb" or "nn" or "no" => Norwegian,
        "uk" => Ukrainian,
        "ar" => Arabic,
        _ => English,
    };
}

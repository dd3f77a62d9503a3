namespace EdgeQueue.Core.Announcements;

public static partial class DeskWords
{
    private static Dictionary<DeskPrompt, DeskText> Arabic => new()
    {
        [DeskPrompt.Welcome] = new("لديك موعد؟", "الرقم أو الهاتف", "إذا كان لديك موعد، فاكتب رقمه أو رقم هاتفك ثم اضغط إدخال، أو ضع الرمز أمام القارئ."),
        [DeskPrompt.PressButton] = new("اضغط", "على زر", "اضغط على زر للحصول على تذكرة."),
        [DeskPrompt.YourNumber] = new("رقمك:", "", ""),
        [DeskPrompt.Wait] = new("لحظة من فضلك", "", ""),
        [DeskPrompt.Issued] = new("تذكرة {label}", "خذ تذكرتك", "التَّذْكِرَة رَقْم {label}. خذ تذكرتك من فضلك."),
        [DeskPrompt.TimedOut] = new("انتهى الوقت", "حاول مرة أخرى", "انتهى الوقت. حاول مرة أخرى."),
        [DeskPrompt.WrongNumber] = new("رقم غير صحيح", "حاول مرة أخرى", "هذا ليس رقم موعد ولا رقم هاتف. حاول مرة أخرى."),
        [DeskPrompt.UnknownBooking] = new("لا يوجد موعد", "خذ تذكرة", "لم نجد موعدا. تحقق من الرقم، أو خذ تذكرة."),
        [DeskPrompt.SeveralBookings] = new("عدة مواعيد", "اكتب رقم الموعد", "لديك عدة مواعيد. اكتب رقم الموعد المطلوب."),
        [DeskPrompt.AlreadyHere] = new("سبق تسجيلك", "انتظر من فضلك", "لقد سجلت حضورك. انتظر حتى تتم مناداتك."),
        [DeskPrompt.TooEarly] = new("الوقت مبكر", "عد لاحقا", "الوقت مبكر. عد قبل موعدك بقليل."),
        [DeskPrompt.TooLate] = new("فات الموعد", "خذ تذكرة", "فات وقت هذا الموعد. خذ تذكرة."),
        [DeskPrompt.Cancelled] = new("الموعد ملغى", "خذ تذكرة", "تم إلغاء هذا الموعد. خذ تذكرة."),
        [DeskPrompt.NoCheckIn] = new("غير متاح الآن", "خذ تذكرة", "لا يمكن تسجيل الحضور الآن. خذ تذكرة."),
        [DeskPrompt.NoPaper] = new("لا يوجد ورق", "اسأل الموظفين", "لا يوجد ورق. اسأل الموظفين."),
        [DeskPrompt.NoTickets] = new("لا توجد تذاكر", "اسأل الموظفين", "لا يمكن إعطاء تذاكر الآن. اسأل الموظفين."),
        [DeskPrompt.Closed] = new("مغلق", "", "نحن مغلقون."),
        [DeskPrompt.Evacuation] = new("غادر المبنى", "بهدوء", ""),
        [DeskPrompt.NotPossible] = new("غير ممكن", "اسأل الموظفين", "هذا غير ممكن. اسأل الموظفين."),
        [DeskPrompt.BookingsOnly] = new("بموعد فقط", "احجز موعدا", "هذا متاح بموعد فقط الآن. احجز موعدا."),
        [DeskPrompt.NoMoreToday] = new("انتهت اليوم", "تعال يوما آخر", "لا توجد تذاكر أخرى لهذه الخدمة اليوم. تعال في يوم آخر."),
        [DeskPrompt.HallFull] = new("القاعة ممتلئة", "عد لاحقا", "يوجد الآن عدد كبير من الناس. عد بعد قليل."),
        [DeskPrompt.HowMany] = new("كم عددكم؟", "", "كم عددكم؟ اكتب العدد ثم اضغط إدخال."),
        [DeskPrompt.YourPhone] = new("رقم هاتفك:", "", "اكتب رقم هاتفك ثم اضغط إدخال."),
        [DeskPrompt.YourCase] = new("رقم القضية:", "", "اكتب رقم القضية ثم اضغط إدخال، أو ضع الرمز أمام القارئ."),
    };
}

namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>What a mobile ticket says in one language.</summary>
internal sealed record MobileWords(
    string Language, string YourTicket, string NotYet, string NotYetNote, string Ahead, string Next, string Minutes, string Soon, string NoTime, string Called, string Serving,
    string Elsewhere, string Away, string Sound, string Over, string Missed, string Gone, string Ask, string Comment, string Send, string Thanks, string Best, string Worst)
{
    private static readonly MobileWords English = new(
        "en", "Your ticket", "One moment", "Your ticket has not reached us yet. This page waits for it.", "{0} before you", "You are next", "about {0} to {1} minutes", "any moment now",
        "We cannot say yet how long it takes.", "Please come to counter {0}", "You are at counter {0}", "Your ticket is kept for you. Look at the boards, or ask at a counter.",
        "The branch is not connected just now. This is how it was; the boards there are right.", "Sound and vibration when I am called", "Thank you for coming",
        "You were called and did not come. Please ask at a counter.", "This ticket is over.", "How was it?", "What should we know? (No names or numbers, please)", "Send", "Thank you for your answer.", "very good", "bad");

    private static readonly MobileWords Norwegian = new(
        "nb", "Kølappen din", "Et øyeblikk", "Kølappen din har ikke nådd oss ennå. Siden venter på den.", "{0} foran deg", "Du er nestemann", "omtrent {0} til {1} minutter", "straks",
        "Vi kan ikke si hvor lang tid det tar ennå.", "Kom til luke {0}", "Du er ved luke {0}", "Kølappen din holdes av. Følg med på tavlene, eller spør i en luke.",
        "Kontoret er ikke tilkoblet akkurat nå. Slik var det; tavlene der er riktige.", "Lyd og vibrasjon når jeg blir ropt opp", "Takk for besøket",
        "Du ble ropt opp og kom ikke. Spør i en luke.", "Denne kølappen er over.", "Hvordan var det?", "Hva bør vi vite? (Ingen navn eller numre, takk)", "Send", "Takk for svaret.", "svært bra", "dårlig");

    private static readonly MobileWords Ukrainian = new(
        "uk", "Ваш талон", "Зачекайте", "Ваш талон ще не дійшов до нас. Сторінка чекає на нього.", "Перед вами: {0}", "Ви наступні", "приблизно {0}–{1} хв", "зараз",
        "Поки що не можемо сказати, скільки чекати.", "Підійдіть до вікна {0}", "Ви біля вікна {0}", "Ваш талон збережено. Стежте за табло або запитайте біля вікна.",
        "Відділення зараз не на зв’язку. Так було; табло там показують правильно.", "Звук і вібрація, коли мене викличуть", "Дякуємо, що завітали",
        "Вас викликали, але ви не підійшли. Запитайте біля вікна.", "Цей талон завершено.", "Як усе пройшло?", "Що нам варто знати? (Без імен і номерів)", "Надіслати", "Дякуємо за відповідь.", "дуже добре", "погано");

    private static readonly MobileWords Arabic = new(
        "ar", "تذكرتك", "لحظة من فضلك", "لم تصلنا تذكرتك بعد. هذه الصفحة تنتظرها.", "أمامك: {0}", "أنت التالي", "نحو {0} إلى {1} دقيقة", "حالًا",
        "لا يمكننا بعد تقدير مدة الانتظار.", "تفضل إلى الشباك {0}", "أنت عند الشباك {0}", "تذكرتك محفوظة. تابع الشاشات أو اسأل عند أحد الشبابيك.",
        "الفرع غير متصل الآن. هكذا كان الوضع؛ الشاشات هناك صحيحة.", "صوت واهتزاز عند مناداتي", "شكرًا لزيارتك",
        "تمت مناداتك ولم تحضر. اسأل عند أحد الشبابيك.", "انتهت هذه التذكرة.", "كيف كانت الخدمة؟", "ماذا تود أن نعرف؟ (دون أسماء أو أرقام)", "إرسال", "شكرًا على إجابتك.", "جيد جدًا", "سيئ");

    public static MobileWords In(string language) => language.Split('-')[0] switch
    {
        "nb" or "nn" or "no" => Norwegian,
        "uk" => Ukrainian,
        "ar" => Arabic,
        _ => English,
    };
}
